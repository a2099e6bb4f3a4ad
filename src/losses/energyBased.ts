import { totalVariation } from '../algebra/divergence.ts'
import { checkOneOf, checkOptions } from '../codecs/argument.ts'
import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import type { Sample } from '../dsl/objectives/view.ts'
import { add, div, greater, maximum, mul, relu, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, type UsesOf } from '../dsl/terms/expression.ts'
import { E, norm, pair, sum } from '../dsl/terms/statistics.ts'
import { meanOverPairs } from './distinctPairs.ts'
import { autoencoderLoss, hole, type NamedLoss, ofNumbers, parametric } from './loss.ts'
import { type LossTheory, p, q } from './lossTheory.ts'

/** D's output, read as a reconstruction: D may end in any layer. */
export const reconstructed = (of: Sample): Sample => ({ term: { op: 'apply', network: 'D', inputs: { x: of.term } } })

/** How the loss reads D's output. */
export type Energy =
  /** The energy itself: one number per sample, at least 0. Let D end in softplus or relu. */
  | 'output'
  /** A reconstruction of the sample, with its shape. The energy is its distance from the sample. */
  | 'reconstruction'

const energies: { readonly [E in Energy]: (of: Sample) => Sample } = {
  output: D,
  reconstruction: (of) => norm(sub(of, reconstructed(of))),
}

/** Zhao et al. 2017, lemma 1 and theorem 1: over all D >= 0, the least cost of D is m (1 - TV). */
const theoryOf = ({ margin }: { readonly margin: number }): LossTheory => ({
  optimum: { type: 'closed', output: mul(margin, greater(q, p)) },
  equilibrium: { text: `−m = ${-margin}`, value: -margin },
  value: {
    text: '−m + m TV(p_data, p_g)',
    divergence: 'total variation',
    of: (data, generated) => margin * (totalVariation(data, generated) - 1),
  },
  generator: {
    pull: mul(margin, greater(q, p)),
    follows: 'm TV(p_data, p_g), wherever p_data and p_g differ',
  },
})

interface Options<K extends Energy> {
  readonly margin: Coefficient
  readonly energy: K
}

/** Whether D is read as an autoencoder. */
const reconstructs = { output: false, reconstruction: true } as const

const make = <const K extends Energy>(options: Options<K>): NamedLoss<(typeof reconstructs)[K]> => {
  const called = 'losses.energyBased'
  checkOptions<Options<Energy>>(called, options, { margin: 'required', energy: 'required' })
  const { margin, energy } = options
  checkOperands(called, { margin })
  checkOneOf(called, 'energy', energy, Object.keys(energies))
  const [real, fake] = [energies[energy](x), energies[energy](G(z))]
  return autoencoderLoss({
    name: 'energyBased',
    parameters: { margin, energy },
    discriminator: minimise(add(E(real), E(relu(sub(margin, fake)))), 'D'),
    generator: minimise(E(fake), 'G'),
    theory: ofNumbers({ margin }, theoryOf),
    whole: true,
    reconstructs: reconstructs[energy],
  })
}

/**
 * EBGAN: D assigns low energy to data, and at least the margin to samples. G lowers the energy of its samples. Zhao et al. 2017,
 * equations 1 and 2. For the repelling regulariser, write a `game` whose D also outputs codes, and use `pullingAway`.
 *
 * @example gan({ ...parts, loss: losses.energyBased({ margin: 2, energy: 'output' }) })
 */
export const energyBased = parametric(make, {
  forms: () =>
    (['reconstruction', 'output'] as const).map((energy) => ({
      loss: make({ margin: hole('margin'), energy }),
      holes: ['margin'],
      solved: ({ margin = Number.NaN }) => make({ margin, energy }),
    })),
})

/**
 * The pulling-away term: the mean squared cosine between the codes of different samples in a batch. Small if the codes point in
 * many directions. Zhao et al. 2017, section 2.4.
 *
 * @example
 * const { code, energy } = A(fake) // of a critic A with the outputs code and energy
 * minimise(add(E(energy), mul(0.1, pullingAway(code))), 'G')
 */
export const pullingAway = <A extends Expr<'sample'>>(codes: A): Expr<'batch', [], UsesOf<A>> => {
  checkOperands('pullingAway', { codes })
  const code: Expr<'sample'> = codes
  const direction: Expr<'sample'> = div<Expr<'sample'>, Expr<'sample'>>(code, maximum(norm(code), 1e-12))
  const cosine: Expr<'pair', []> = { term: sum(mul<Expr, Expr>(direction, pair(direction))).term }
  return { term: meanOverPairs(square(cosine)).term }
}
