import type { Curve } from '../algebra/evaluateTerm.ts'
import { at } from '../ir/present.ts'

/** Sample points in an interval; for an infinite one, at several magnitudes. */
const probes = (low: number, high: number): readonly number[] => {
  if (Number.isFinite(low) && Number.isFinite(high)) return [1, 2, 3].map((i) => low + ((high - low) * i) / 4)
  const sizes = [1, 10, 1000]
  if (Number.isFinite(low)) return sizes.map((size) => low + size * (1 + Math.abs(low)))
  return Number.isFinite(high) ? sizes.map((size) => high - size * (1 + Math.abs(high))) : [-1, 0, 1]
}

/** Whether two numbers cancel, within rounding. */
const cancel = (x: number, y: number, tolerance: number): boolean =>
  Math.abs(x + y) <= tolerance * (Math.abs(x) + Math.abs(y))

/**
 * Whether p a(t) + q b(t) is constant on an interval where its slope is within rounding. The slope is also small around a single
 * maximum, but there the two curvatures add up; on a plateau they cancel.
 */
export const isPlateau = (
  curves: { readonly a: (t: readonly number[]) => Curve; readonly b: (t: readonly number[]) => Curve },
  p: number,
  q: number,
  low: number,
  high: number,
): boolean => {
  if (Number.isFinite(low) && high - low <= 1e-15 * (1 + Math.abs(low))) return false
  const points = probes(low, high)
  const [a, b] = [curves.a(points), curves.b(points)]
  const weighed = (weight: number, values: readonly number[], i: number): number =>
    weight === 0 ? 0 : weight * at(values, i)
  return points.every(
    (_, i) =>
      cancel(weighed(p, a.slope, i), weighed(q, b.slope, i), 1e-13) &&
      cancel(weighed(p, a.curvature, i), weighed(q, b.curvature, i), 1e-9),
  )
}
