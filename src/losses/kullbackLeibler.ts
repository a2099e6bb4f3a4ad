import * as divergence from '../algebra/divergence.ts'
import { add, exp } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of KL(p_data, p_g), f = t log t. It pushes G to cover all of the data. Nowozin et al. 2016, table 1.
 *
 * @example gan({ ...parts, loss: losses.kullbackLeibler })
 */
export const kullbackLeibler = fGanLoss({
  name: 'kullbackLeibler',
  onData: (v) => add(v, 1),
  onSamples: (v) => exp(v),
  equilibrium: { text: '0', value: 0 },
  value: { text: 'KL(p_data ‖ p_g)', divergence: 'Kullback–Leibler', of: divergence.kullbackLeibler },
})
