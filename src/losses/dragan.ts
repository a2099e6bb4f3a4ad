import { type Coefficient, checkCoefficients, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { type ShapedPenalty, x } from '../dsl/objectives/symbols.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, mul, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, mean, norm } from '../dsl/terms/statistics.ts'
import { slopeAt } from './slope.ts'

/** The standard deviation of all numbers in the batch's real samples. */
const spread = sqrt(E(mean(square(sub(x, E(mean(x)))))))

/**
 * weight E[(|grad D| - 1)^2] at real samples plus normal noise, whose standard deviation is `std` times that of the batch. Kodali et
 * al. 2017, algorithm 1; scaling by the batch follows the authors' code.
 *
 * @example gan({ ...parts, penalties: [penalties.dragan({ weight: 10 })] })
 */
export const dragan = (options: Weighted & { readonly std?: Coefficient }): ShapedPenalty => {
  const fields = { weight: 'required', std: 'optional' } as const
  checkCoefficients<Weighted & { readonly std?: Coefficient }>('penalties.dragan', options, fields)
  const { weight, std = 0.5 } = options
  const made = shaped('penalties.dragan', ({ sample }) => {
    const around = add(x, mul(mul(ranged('deviation', std), spread), noise('normal', sample, 'around')))
    return times(ranged('weight', weight), E(square(sub(norm(slopeAt(around)), 1))))
  })
  return named('dragan', { weight, std }, made)
}
