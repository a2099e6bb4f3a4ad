import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { neg, sub } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { loss } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'

/** Arjovsky et al. 2017, equation 2 (Kantorovich and Rubinstein's duality). */
const theory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'D must be kept 1-Lipschitz' },
  equilibrium: { text: '0', value: 0 },
  value: { text: 'W₁(p_data, p_g), over 1-Lipschitz D', divergence: 'Wasserstein-1' },
  generator: { follows: 'W₁(p_data, p_g), for the best 1-Lipschitz D (theorem 3)' },
}

/**
 * WGAN: D scores data high and samples low. D must be kept Lipschitz, for example with `penalties.gradientPenalty`.
 * Arjovsky et al. 2017, equation 2 and algorithm 1.
 *
 * @example gan({ ...parts, loss: losses.wasserstein })
 */
export const wasserstein = loss({
  name: 'wasserstein',
  discriminator: maximise(sub(E(D(x)), E(D(G(z)))), 'D'),
  generator: minimise(neg(E(D(G(z)))), 'G'),
  theory: () => theory,
})
