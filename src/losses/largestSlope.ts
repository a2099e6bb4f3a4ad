import { checkCoefficients, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { square } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { maxOverBatch, norm } from '../dsl/terms/statistics.ts'
import { slopeBetween } from './slope.ts'

/**
 * weight times the square of the largest |grad D| in the batch, at random points between real and generated samples. The largest
 * slope is a lower bound of D's Lipschitz constant. Zhou et al. 2019 (Lipschitz GANs), section 4.
 *
 * @example gan({ ...parts, penalties: [penalties.largestSlope({ weight: 10 })] })
 */
export const largestSlope = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.largestSlope', options, { weight: 'required' })
  const { weight } = options
  return named('largestSlope', { weight }, times(ranged('weight', weight), square(maxOverBatch(norm(slopeBetween)))))
}
