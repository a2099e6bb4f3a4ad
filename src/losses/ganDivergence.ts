import * as divergence from '../algebra/divergence.ts'
import { log, sigmoid, softplus } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of the GAN's own value, -log 4 + 2 JSD: `minimax` as an f-GAN, f = t log t - (t + 1) log(t + 1). Nowozin et al. 2016, table 1.
 *
 * @example gan({ ...parts, loss: losses.ganDivergence })
 */
export const ganDivergence = fGanLoss({
  name: 'ganDivergence',
  onData: (v) => log(sigmoid(v)),
  onSamples: (v) => softplus(v),
  equilibrium: { text: '−log 4', value: -Math.log(4) },
  value: {
    text: '−log 4 + 2 JSD(p_data, p_g)',
    divergence: 'Jensen–Shannon',
    of: (data, generated) => 2 * divergence.jensenShannon(data, generated) - Math.log(4),
  },
})
