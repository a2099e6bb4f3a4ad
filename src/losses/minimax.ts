import { jensenShannon } from '../algebra/divergence.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { add, log, sigmoid, sub } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { loss } from './loss.ts'
import { type LossTheory, logOdds, posterior } from './lossTheory.ts'

/** V(D, G) = E[log D(x)] + E[log(1 - D(G(z)))], with the sigmoid of D's logits as the probability. */
const value = add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(G(z)))))))

/** Goodfellow et al. 2014, proposition 1 and theorem 1. */
export const minimaxTheory: LossTheory = {
  optimum: { type: 'closed', output: logOdds, probability: posterior },
  equilibrium: { text: '−log 4', value: -Math.log(4) },
  value: {
    text: '−log 4 + 2 JSD(p_data, p_g)',
    divergence: 'Jensen–Shannon',
    of: (data, generated) => -Math.log(4) + 2 * jensenShannon(data, generated),
  },
  generator: { pull: log(sub(1, posterior)), follows: '2 JSD(p_data, p_g), and vanishes where D rejects' },
}

/**
 * The textbook game: D maximises V and G minimises it. Goodfellow et al. 2014, equation 1.
 *
 * @example gan({ ...parts, loss: losses.minimax })
 */
export const minimax = loss({
  name: 'minimax',
  discriminator: maximise(value, 'D'),
  generator: minimise(value, 'G'),
  theory: () => minimaxTheory,
})
