import * as divergence from '../algebra/divergence.ts'
import { expm1, mul, neg } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of the sum of (sqrt p - sqrt q)^2, twice the squared Hellinger distance, f = (sqrt t - 1)^2. Nowozin et al. 2016, table 1.
 *
 * @example gan({ ...parts, loss: losses.squaredHellinger })
 */
export const squaredHellinger = fGanLoss({
  name: 'squaredHellinger',
  onData: (v) => neg(expm1(neg(mul(0.5, v)))),
  onSamples: (v) => expm1(mul(0.5, v)),
  equilibrium: { text: '0', value: 0 },
  value: {
    text: '∫ (√p_data − √p_g)²',
    divergence: 'squared Hellinger',
    of: (data, generated) => 2 * divergence.squaredHellinger(data, generated),
  },
})
