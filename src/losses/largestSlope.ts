import { checkCoefficients, times, type Weighted } from '../dsl/coefficient.ts'
import { square } from '../dsl/elementwise.ts'
import { ranged } from '../dsl/ranges.ts'
import { largest, norm } from '../dsl/statistics.ts'
import type { Penalty } from '../dsl/symbols.ts'
import { slopeBetween } from './slope.ts'

/**
 * weight times the square of the batch's largest |grad D|, at points drawn between a real and a generated sample: an estimate of
 * D's Lipschitz constant from below. Zhou et al. 2019 (Lipschitz GANs), section 4.
 */
export const largestSlope = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.largestSlope', options, { weight: 'required' })
  return times(ranged('weight', options.weight), square(largest(norm(slopeBetween))))
}
