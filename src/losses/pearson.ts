import * as divergence from '../algebra/divergence.ts'
import { expm1, mul } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of Pearson's chi-squared, the mean of (p / q - 1)^2 over samples, f = (t - 1)^2. Nowozin et al. 2016, table 1.
 *
 * @example gan({ ...parts, loss: losses.pearson })
 */
export const pearson = fGanLoss({
  name: 'pearson',
  onData: (v) => mul(2, expm1(v)),
  onSamples: (v) => expm1(mul(2, v)),
  equilibrium: { text: '0', value: 0 },
  value: { text: 'χ²(p_data ‖ p_g) = ∫ (p_data − p_g)² / p_g', divergence: 'Pearson’s χ²', of: divergence.pearson },
})
