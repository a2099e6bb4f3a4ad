import * as divergence from '../algebra/divergence.ts'
import { exp, neg, sub } from '../dsl/terms/elementwise.ts'
import { fGanLoss } from './fGanLoss.ts'

/**
 * The f-GAN of KL(p_g, p_data), f = -log t. It pushes G to make only samples that the data contain. Nowozin et al. 2016, table 1.
 *
 * @example gan({ ...parts, loss: losses.reverseKullbackLeibler })
 */
export const reverseKullbackLeibler = fGanLoss({
  name: 'reverseKullbackLeibler',
  onData: (v) => neg(exp(neg(v))),
  onSamples: (v) => sub(v, 1),
  equilibrium: { text: '0', value: 0 },
  value: { text: 'KL(p_g ‖ p_data)', divergence: 'reverse Kullback–Leibler', of: divergence.reverseKullbackLeibler },
})
