import * as divergence from '../algebra/divergence.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { mul, neg, sign, sub, tanh } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { loss } from './loss.ts'
import { type LossTheory, p, q } from './lossTheory.ts'

const value = sub(E(mul(0.5, tanh(D(x)))), E(mul(0.5, tanh(D(G(z))))))

const theory: LossTheory = {
  optimum: { type: 'open', reason: 'at infinity, with the sign of p − q' },
  equilibrium: { text: '0', value: 0 },
  value: { text: 'TV(p_data, p_g)', divergence: 'total variation', of: divergence.totalVariation },
  generator: { pull: neg(mul(0.5, sign(sub(p, q)))), follows: 'TV(p_data, p_g), and vanishes where D is certain' },
}

/**
 * Total variation: T = tanh(v) / 2 on data, and f*(T) = T on samples. Nowozin et al. 2016, supplement.
 *
 * f = |t - 1| / 2 is piecewise linear, so f'(e^v) = sign(v) / 2 has no gradient. The squashed form tanh(v) / 2 replaces it, and D* is at
 * infinity.
 *
 * @example gan({ ...parts, loss: losses.totalVariation })
 */
export const totalVariation = loss({
  name: 'totalVariation',
  discriminator: maximise(value, 'D'),
  generator: minimise(value, 'G'),
  theory: () => theory,
})
