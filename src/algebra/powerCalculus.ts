import { type Base, factored, number, type PowerSum, plus, powerOf, scaled, times } from './powerSum.ts'

/** A sum to a power that is a number. */
export const raised = (sum: PowerSum, exponent: number): PowerSum => {
  const [only, ...more] = sum
  if (exponent === 0) return number(1)
  if (only === undefined) return exponent > 0 ? [] : [{ coefficient: Number.POSITIVE_INFINITY, powers: {} }]
  if (more.length > 0 && Number.isInteger(exponent) && exponent > 0) return times(sum, raised(sum, exponent - 1))
  const { factor, rest } = more.length === 0 ? { factor: only, rest: number(1) } : factored(sum)
  const powers = Object.fromEntries(
    Object.entries(factor.powers).map(([key, { base, exponent: each }]) => [key, { base, exponent: each * exponent }]),
  )
  const outer = { coefficient: factor.coefficient ** exponent, powers }
  return times([outer], more.length === 0 ? number(1) : powerOf({ type: 'sum', of: rest }, exponent))
}

/** The logarithm of a positive sum, taken apart where it is a product. */
export const logOf = (sum: PowerSum): PowerSum => {
  const [only, ...more] = sum
  if (only === undefined) return number(Number.NEGATIVE_INFINITY)
  if (more.length > 0) {
    const { factor, rest } = factored(sum)
    const single = factor.coefficient === 1 && Object.keys(factor.powers).length === 0
    return single ? powerOf({ type: 'log', of: rest }) : plus(logOf([factor]), logOf(rest))
  }
  const parts = Object.values(only.powers).map(({ base, exponent }) =>
    scaled(exponent, powerOf({ type: 'log', of: base.type === 'sum' ? base.of : powerOf(base) })),
  )
  return plus(number(Math.log(only.coefficient)), ...parts)
}

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

const slopeOf = (base: Base): PowerSum => {
  switch (base.type) {
    case 't':
      return number(1)
    case 'sum':
      return derivative(base.of)
    case 'log':
      return times(derivative(base.of), raised(base.of, -1))
    case 'exp':
      return times(derivative(base.of), powerOf(base))
    case 'erf':
      return times(
        scaled(2 / Math.sqrt(Math.PI), derivative(base.of)),
        powerOf({ type: 'exp', of: scaled(-1, raised(base.of, 2)) }),
      )
    case 'sin':
      return times(derivative(base.of), powerOf({ type: 'cos', of: base.of }))
    case 'cos':
      return scaled(-1, times(derivative(base.of), powerOf({ type: 'sin', of: base.of })))
    case 'sign':
    case 'floor':
    case 'constant':
      return []
  }
}
