import { log, sigmoid } from '../dsl/elementwise.ts'
import { maximise } from '../dsl/player.ts'
import { E } from '../dsl/statistics.ts'
import { D, G, type Loss, z } from '../dsl/symbols.ts'
import { minimax } from './minimax.ts'

/**
 * D maximises V as in the minimax game; G maximises E[log D(G(z))], whose gradient stays where D rejects its samples.
 * Goodfellow et al. 2014, section 3.
 */
export const nonSaturating: Loss = {
  discriminator: minimax.discriminator,
  generator: maximise(E(log(sigmoid(D(G(z))))), 'G'),
}
