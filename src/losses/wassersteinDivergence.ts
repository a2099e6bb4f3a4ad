import { checkNumbers, checkOptions } from '../codecs/argument.ts'
import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import type { Parameters } from '../dsl/objectives/piece.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { D, G, type Uses, x, z } from '../dsl/objectives/symbols.ts'
import { interpolate } from '../dsl/terms/draw.ts'
import { mul, pow, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, grad, sum } from '../dsl/terms/statistics.ts'
import { hole, loss, type NamedLoss, parametric } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'
import { wasserstein } from './wasserstein.ts'

const between = interpolate(x, G(z))

/** Wu et al. 2018, section 3: it is symmetric, and 0 only at p_g = p_data. D* solves a differential equation. */
const theory: LossTheory = {
  optimum: { type: 'open', reason: 'a differential equation’s solution: its slope is bounded by the penalty' },
  equilibrium: { text: '0', value: 0 },
  value: { text: 'W_{k, p}(p_data, p_g), at least 0', divergence: 'Wasserstein divergence' },
  generator: { follows: 'V(D*, G) itself, for D* is a maximum' },
}

/** The loss with a given power of the squared slope. */
const ofHalf = (parameters: Parameters, weight: Coefficient, half: Coefficient): NamedLoss => {
  const value = sub(E(D(x)), E(D(G(z))))
  const steepness = pow<Expr<'sample', [], Uses>, Coefficient>(sum(square(grad(D(between), between))), half)
  return loss({
    name: 'wassersteinDivergence',
    parameters,
    discriminator: maximise(sub(value, mul(weight, E(steepness))), 'D'),
    generator: wasserstein.generator,
    theory: () => theory,
    whole: true,
  })
}

const make = (options: { readonly weight?: number; readonly power?: number } = {}): NamedLoss => {
  const fields = { weight: 'optional', power: 'optional' } as const
  checkOptions<Partial<typeof fields>>('losses.wassersteinDivergence', options, fields)
  checkNumbers('losses.wassersteinDivergence', options)
  const { weight = 2, power = 6 } = options
  return ofHalf({ weight, power }, ranged('weight', weight), power / 2)
}

/**
 * WGAN-div: the Wasserstein dual minus k E[|grad D|^p] at points between data and samples. A divergence that needs no Lipschitz
 * constraint. Wu et al. 2018, algorithm 1, with k = 2 and p = 6.
 *
 * @example gan({ ...parts, loss: losses.wassersteinDivergence({ weight: 2, power: 6 }) })
 */
export const wassersteinDivergence = parametric(make, {
  forms: () => [
    {
      loss: ofHalf({}, hole('weight'), hole('half')),
      holes: ['weight', 'half'],
      solved: ({ weight = Number.NaN, half = Number.NaN }) => make({ weight, power: 2 * half }),
    },
  ],
})
