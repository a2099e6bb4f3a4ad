/**
 * The largest of any number of values. `Math.max(...values)` throws at some hundred thousand arguments.
 */
export const maxOf = (values: Iterable<number>): number => {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) most = Math.max(most, value)
  return most
}

export const minOf = (values: Iterable<number>): number => {
  let least = Number.POSITIVE_INFINITY
  for (const value of values) least = Math.min(least, value)
  return least
}

/** The smallest and the largest value. */
export const extent = (values: Iterable<number>): readonly [low: number, high: number] => [minOf(values), maxOf(values)]

/** The Euclidean norm. Scales the numbers first, so that no square overflows or underflows. */
export const norm = (values: readonly number[]): number => {
  const scale = maxOf(values.map(Math.abs))
  if (scale === 0 || !Number.isFinite(scale)) return Math.max(scale, 0)
  return scale * Math.sqrt(values.reduce((sum, value) => sum + (value / scale) ** 2, 0))
}
