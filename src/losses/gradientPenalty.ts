import { checkCoefficients, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, norm, sum } from '../dsl/terms/statistics.ts'
import { slopeBetween } from './slope.ts'

/**
 * weight E[(|grad D| - 1)^2] at random points between real and generated samples: Gulrajani et al. 2017, equation 3. With
 * `center: 0` it is weight E[|grad D|^2]: Thanh-Tung et al. 2019.
 *
 * @example gan({ ...parts, penalties: [penalties.gradientPenalty({ weight: 10 })] })
 */
export const gradientPenalty = (options: Weighted & { readonly center?: 0 | 1 }): Penalty => {
  const fields = { weight: 'required', center: 'optional' } as const
  checkCoefficients<Weighted & { readonly center?: 0 | 1 }>('penalties.gradientPenalty', options, fields)
  const { weight, center = 1 } = options
  const cost = E(center === 0 ? sum(square(slopeBetween)) : square(sub(norm(slopeBetween), center)))
  return named('gradientPenalty', { weight, center }, times(ranged('weight', weight), cost))
}
