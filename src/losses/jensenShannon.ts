import * as divergence from '../algebra/divergence.ts'
import { add, log, mul, sigmoid, softplus, sub } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

const halfLog2 = Math.log(2) / 2

/**
 * The f-GAN of the Jensen–Shannon divergence, which is at most log 2 (Lin 1991). Nowozin et al. 2016, table 1, halved.
 *
 * @example gan({ ...parts, loss: losses.jensenShannon })
 */
export const jensenShannon = fGanLoss({
  name: 'jensenShannon',
  onData: (v) => add(mul(0.5, log(sigmoid(v))), halfLog2),
  onSamples: (v) => sub(mul(0.5, softplus(v)), halfLog2),
  equilibrium: { text: '0', value: 0 },
  value: { text: 'JSD(p_data, p_g)', divergence: 'Jensen–Shannon', of: divergence.jensenShannon },
})
