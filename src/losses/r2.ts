import { checkCoefficients, half, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { G, type Penalty, z } from '../dsl/objectives/symbols.ts'
import { square } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, sum } from '../dsl/terms/statistics.ts'
import { slopeAt } from './slope.ts'

/**
 * R2: weight / 2 E[|grad D(G(z))|^2] at generated samples, with the gradient by the sample. Mescheder et al. 2018, equation 10.
 *
 * @example gan({ ...parts, penalties: [penalties.r2({ weight: 10 })] })
 */
export const r2 = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.r2', options, { weight: 'required' })
  const { weight } = options
  return named('r2', { weight }, times(half(ranged('weight', weight)), E(sum(square(slopeAt(G(z)))))))
}
