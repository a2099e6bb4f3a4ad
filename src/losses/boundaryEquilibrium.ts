import { type Coefficient, checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { G, type Uses, x, z } from '../dsl/objectives/symbols.ts'
import type { Sample } from '../dsl/objectives/view.ts'
import { abs, add, maximum, minimum, mul, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, mean } from '../dsl/terms/statistics.ts'
import { reconstructed } from './energyBased.ts'
import { autoencoderLoss, hole, type NamedLoss, ofNumbers, parametric } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'

/** The reconstruction error of D, an autoencoder: the mean of |u - D(u)|. */
const error = (of: Sample): Expr<'batch', [], Uses> => E(mean(abs(sub(of, reconstructed(of)))))

/** Berthelot et al. 2017, sections 3.2 and 3.3. */
const theoryOf = ({ diversity }: { readonly diversity: number }): LossTheory => ({
  optimum: { type: 'constrained', constraint: 'D is an autoencoder: its capacity limits it' },
  equilibrium: { text: `𝔼[|G(z) − D(G(z))|] = ${diversity} 𝔼[|x − D(x)|]` },
  value: {
    text: 'at k = 1 |𝔼[|x − D(x)|] − 𝔼[|G(z) − D(G(z))|]|, a lower bound of W₁ of the two errors’ distributions',
    divergence: 'none: it matches distributions of errors, not of samples',
  },
  generator: { follows: 'the error of D on samples, which is no divergence' },
})

const make = (options: { readonly diversity?: Coefficient; readonly rate?: Coefficient } = {}): NamedLoss<true> => {
  const fields = { diversity: 'optional', rate: 'optional' } as const
  checkCoefficients<Partial<typeof fields>>('losses.boundaryEquilibrium', options, fields)
  const { diversity = 0.5, rate = 1e-3 } = options
  const [real, fake] = [error(x), error(G(z))]
  const k = slot('balance', { initial: 0 }, (before) =>
    minimum(maximum(add(before, mul(ranged('rate', rate), sub(mul(diversity, real), fake))), 0), 1),
  )
  return autoencoderLoss({
    name: 'boundaryEquilibrium',
    parameters: { diversity, rate },
    discriminator: minimise(sub(real, mul(k, fake)), 'D'),
    generator: minimise(fake, 'G'),
    theory: ofNumbers({ diversity }, theoryOf),
    whole: true,
    reconstructs: true,
  })
}

/**
 * BEGAN: D is an autoencoder. It minimises its error on data and maximises that on samples, weighted by k. After each update k moves
 * by `rate`, so that the error on samples approaches `diversity` times that on data. k is in [0, 1] and starts at 0. Berthelot et
 * al. 2017, section 3.4.
 *
 * @example
 * const autoencoder = pipe(input([2]), dense(32), relu, dense(2))
 * gan({ ...parts, discriminator: autoencoder, loss: losses.boundaryEquilibrium({ diversity: 0.5 }) })
 */
export const boundaryEquilibrium = parametric(make, {
  forms: () => [
    {
      loss: make({ diversity: hole('diversity'), rate: hole('rate') }),
      holes: ['diversity', 'rate'],
      solved: make,
    },
  ],
})
