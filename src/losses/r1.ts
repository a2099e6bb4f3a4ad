import { checkCoefficients, half, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { type Penalty, x } from '../dsl/objectives/symbols.ts'
import { square } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, sum } from '../dsl/terms/statistics.ts'
import { slopeAt } from './slope.ts'

/**
 * R1: weight / 2 E[|grad D(x)|^2] at real samples, of D's output before any sigmoid. Mescheder et al. 2018, equation 9.
 *
 * @example gan({ ...parts, penalties: [penalties.r1({ weight: 10 })] })
 */
export const r1 = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.r1', options, { weight: 'required' })
  const { weight } = options
  return named('r1', { weight }, times(half(ranged('weight', weight)), E(sum(square(slopeAt(x))))))
}
