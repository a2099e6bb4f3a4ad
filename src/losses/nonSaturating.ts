import { maximise } from '../dsl/objectives/player.ts'
import { D, G, z } from '../dsl/objectives/symbols.ts'
import { log, neg, sigmoid } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { loss } from './loss.ts'
import { type LossTheory, posterior } from './lossTheory.ts'
import { minimax, minimaxTheory } from './minimax.ts'

/** D's side is that of minimax. The generator's side is theorem 2.5 of Arjovsky and Bottou 2017. */
const theory: LossTheory = {
  ...minimaxTheory,
  generator: { pull: neg(log(posterior)), follows: 'KL(p_g ‖ p_data) − 2 JSD(p_data, p_g)' },
}

/**
 * D maximises V as in the minimax game. G maximises E[log D(G(z))], whose gradient does not vanish where D rejects its samples.
 * Goodfellow et al. 2014, section 3.
 *
 * @example gan({ ...parts, loss: losses.nonSaturating })
 */
export const nonSaturating = loss({
  name: 'nonSaturating',
  discriminator: minimax.discriminator,
  generator: maximise(E(log(sigmoid(D(G(z))))), 'G'),
  theory: () => theory,
})
