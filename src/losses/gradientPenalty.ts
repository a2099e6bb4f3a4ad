import { interpolate } from '../dsl/draw.ts'
import { mul, square, sub } from '../dsl/elementwise.ts'
import { E, grad, norm, sum } from '../dsl/statistics.ts'
import { D, G, type Penalty, x, z } from '../dsl/symbols.ts'

const between = interpolate(x, G(z))
const slope = grad(D(between), between)

/**
 * weight E[(|grad D| - 1)^2], at points drawn between a real and a generated sample: Gulrajani et al. 2017, equation 3.
 * Centred at 0 it is weight E[|grad D|^2]: Thanh-Tung et al. 2019.
 */
export const gradientPenalty = ({
  weight,
  center = 1,
}: {
  readonly weight: number
  readonly center?: 0 | 1
}): Penalty => mul(weight, E(center === 0 ? sum(square(slope)) : square(sub(norm(slope), center))))
