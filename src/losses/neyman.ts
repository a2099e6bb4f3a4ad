import * as divergence from '../algebra/divergence.ts'
import { expm1, mul, neg } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of Neyman's chi-squared, the mean of (q / p - 1)^2 over data, f = (t - 1)^2 / t. Nowozin et al. 2016, supplement.
 *
 * @example gan({ ...parts, loss: losses.neyman })
 */
export const neyman = fGanLoss({
  name: 'neyman',
  onData: (v) => neg(expm1(neg(mul(2, v)))),
  onSamples: (v) => neg(mul(2, expm1(neg(v)))),
  equilibrium: { text: '0', value: 0 },
  value: { text: 'χ²(p_g ‖ p_data) = ∫ (p_data − p_g)² / p_data', divergence: 'Neyman’s χ²', of: divergence.neyman },
})
