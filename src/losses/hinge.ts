import { totalVariation } from '../algebra/divergence.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { add, neg, relu, sign, sub } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { loss } from './loss.ts'
import { type LossTheory, p, q } from './lossTheory.ts'

const cost = add(E(relu(sub(1, D(x)))), E(relu(add(1, D(G(z))))))

/** D's best reply is the sign of p - q. Where they are equal, every value in [-1, 1] is optimal. */
const theory: LossTheory = {
  optimum: { type: 'closed', output: sign(sub(p, q)) },
  equilibrium: { text: '−2', value: -2 },
  value: {
    text: '−2 + 2 TV(p_data, p_g)',
    divergence: 'total variation',
    of: (data, generated) => 2 * totalVariation(data, generated) - 2,
  },
  generator: { pull: neg(sign(sub(p, q))), follows: '2 TV(p_data, p_g), wherever p_data and p_g differ' },
}

/**
 * D keeps a margin of 1 on both sides; G raises D's score of its samples. Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17.
 *
 * @example gan({ ...parts, loss: losses.hinge })
 */
export const hinge = loss({
  name: 'hinge',
  discriminator: minimise(cost, 'D'),
  generator: minimise(neg(E(D(G(z)))), 'G'),
  theory: () => theory,
})
