import { checkCoefficients, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { add } from '../dsl/terms/elementwise.ts'
import { r1 } from './r1.ts'
import { r2 } from './r2.ts'

/**
 * R1 plus R2 with the same weight, as in R3GAN: Huang et al. 2024, section 2.
 *
 * @example gan({ ...parts, penalties: [penalties.r1r2({ weight: 10 })] })
 */
export const r1r2 = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.r1r2', options, { weight: 'required' })
  return named('r1r2', { weight: options.weight }, add(r1(options), r2(options)))
}
