import { checkCoefficients, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { relu, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, norm } from '../dsl/terms/statistics.ts'
import { slopeBetween } from './slope.ts'

/**
 * weight E[max(0, |grad D| - 1)^2] at random points between real and generated samples. Penalises only slopes above 1, because a
 * 1-Lipschitz function may have smaller ones. Petzka et al. 2018, WGAN-LP.
 *
 * @example gan({ ...parts, penalties: [penalties.lipschitzPenalty({ weight: 10 })] })
 */
export const lipschitzPenalty = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.lipschitzPenalty', options, { weight: 'required' })
  const { weight } = options
  const cost = E(square(relu(sub(norm(slopeBetween), 1))))
  return named('lipschitzPenalty', { weight }, times(ranged('weight', weight), cost))
}
