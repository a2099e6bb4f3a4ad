import { checkCoefficients, times } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { D, G, type ShapedPenalty, z } from '../dsl/objectives/symbols.ts'
import { square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'
import { type Nearby, near } from './nearby.ts'

/**
 * weight E[(D(G(z)) - D(G(z + e)))^2] with normal e: D should score samples of nearby latents alike. Zhao et al. 2021, algorithm 2
 * (zCR). Combine it with `latentDiversity` for the generator.
 *
 * @example gan({ ...parts, penalties: [penalties.latentConsistency({ weight: 1, std: 0.1 })] })
 */
export const latentConsistency = (options: Nearby): ShapedPenalty => {
  checkCoefficients<Nearby>('penalties.latentConsistency', options, { weight: 'required', std: 'required' })
  const { weight, std } = options
  const made = shaped('penalties.latentConsistency', (shapes) =>
    times(ranged('weight', weight), E(square(sub(D(G(z)), D(near(std, shapes)))))),
  )
  return named('latentConsistency', { weight, std }, made)
}
