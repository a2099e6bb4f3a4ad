import { checkCoefficients, times } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { G, type ShapedPenalty, z } from '../dsl/objectives/symbols.ts'
import { neg, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, sum } from '../dsl/terms/statistics.ts'
import { type Nearby, near } from './nearby.ts'

/**
 * -weight E[|G(z) - G(z + e)|^2] with normal e, for the generator: nearby latents should give different samples. Zhao et al. 2021,
 * algorithm 2 (zCR). It has no lower bound by itself; only the adversarial loss limits it.
 *
 * @example gan({ ...parts, penalties: [penalties.latentDiversity({ weight: 1, std: 0.1 })] })
 */
export const latentDiversity = (options: Nearby): ShapedPenalty => {
  checkCoefficients<Nearby>('penalties.latentDiversity', options, { weight: 'required', std: 'required' })
  const { weight, std } = options
  const made = shaped('penalties.latentDiversity', (shapes) =>
    neg(times(ranged('weight', weight), E(sum(square(sub(G(z), near(std, shapes))))))),
  )
  return named('latentDiversity', { weight, std }, made)
}
