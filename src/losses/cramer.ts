import { checkNumbers, checkOptions } from '../codecs/argument.ts'
import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import type { Parameters } from '../dsl/objectives/piece.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import type { Sample } from '../dsl/objectives/view.ts'
import { interpolate } from '../dsl/terms/draw.ts'
import { add, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, grad, norm } from '../dsl/terms/statistics.ts'
import { hole, loss, type NamedLoss, parametric } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'

/** An independent generated sample. */
const other: Sample = D(G({ term: { op: 'sample', source: 'latent', field: 'x', draw: 'other' } }))
const [real, fake]: readonly [Sample, Sample] = [D(x), D(G(z))]

/** The score of a sample's features: their distance from those of another generated sample, minus their norm. */
const witness = (features: Sample): Sample => sub(norm(sub(features, other)), norm(features))

const between = interpolate(x, G(z))

/** The witness belongs to an approximation of the energy distance, which may be 0 between different distributions: Binkowski et al. 2018. */
const theory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'the gradient penalty keeps the witness near 1-Lipschitz' },
  equilibrium: { text: '0', value: 0 },
  value: {
    text: '𝔼|a − b| − 𝔼|b − b′| − 𝔼|a| + 𝔼|b| of the features a = D(x), b = D(G(z)), less the penalty',
    divergence: 'a surrogate of the energy distance',
  },
  generator: { follows: 'the energy distance of the features that D gives, plus 𝔼|a − a′|, without bias' },
}

const ofWeight = (parameters: Parameters, weight: Coefficient): NamedLoss => {
  const surrogate = sub(E(witness(real)), E(witness(fake)))
  const penalty = mul(weight, E(square(sub(norm(grad(witness(D(between)), between)), 1))))
  const paid = sub(add(E(norm(sub(real, fake))), E(norm(sub(real, other)))), E(norm(sub(fake, other))))
  return loss({
    name: 'cramer',
    parameters,
    discriminator: maximise(sub(surrogate, penalty), 'D'),
    generator: minimise(paid, 'G'),
    theory: () => theory,
    whole: true,
  })
}

const make = (options: { readonly weight?: number } = {}): NamedLoss => {
  checkOptions<{ readonly weight?: number }>('losses.cramer', options, { weight: 'optional' })
  checkNumbers('losses.cramer', options)
  const { weight = 10 } = options
  return ofWeight({ weight }, ranged('weight', weight))
}

/**
 * The Cramér GAN: G minimises the energy distance of D's features, estimated with pairs of generated samples. D maximises a witness of
 * it that needs only one real sample, minus `weight` times the witness's gradient penalty. Bellemare et al. 2017, algorithm 1.
 *
 * @example gan({ ...parts, loss: losses.cramer({ weight: 10 }) })
 */
export const cramer = parametric(make, {
  forms: () => [{ loss: ofWeight({}, hole('weight')), holes: ['weight'], solved: make }],
})
