import { unaryOps } from '../ir/ops/elementwise.ts'
import { type Base, number, type PowerSum, plus, powerOf, scaled, times } from './powerSum.ts'
import { onPowerSums } from './readPowerSum.ts'

/** The derivative by t. */
export const derivative = (sum: PowerSum): PowerSum =>
  plus(
    ...sum.map((each) =>
      plus(
        ...Object.values(each.powers).map(({ base, exponent }) =>
          times(times([each], powerOf(base, -1)), scaled(exponent, slopeOf(base))),
        ),
      ),
    ),
  )

/** The derivative of the base of a power. The op of a function defines its derivative. */
const slopeOf = (base: Base): PowerSum => {
  switch (base.type) {
    case 't':
      return number(1)
    case 'sum':
      return derivative(base.of)
    case 'constant':
      return []
    default:
      return times(
        derivative(base.of),
        unaryOps[base.type].derivative?.(onPowerSums, base.of, powerOf(base)) ?? number(0),
      )
  }
}
