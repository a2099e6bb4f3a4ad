import { factored, number, type PowerSum, plus, powerOf, scaled, times } from './powerSum.ts'

/** A sum raised to a constant power. */
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

/** The logarithm of a positive sum. That of a product is split into a sum of logarithms. */
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
