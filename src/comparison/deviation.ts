/** How far numbers are from what they should be. */
export interface Deviation {
  /** The largest difference, by the largest number that should be there; infinite where one is NaN or infinite. */
  readonly relative: number
  /** Where that is. */
  readonly index: number
}

/** A step of float32 arithmetic stays within this of float64. */
export const tolerance = 1e-3

/** Rounding may move a tensor so far before it counts: what is left of larger numbers has no digits of its own. */
const noiseShare = 0.1 * tolerance

/** Some devices take smaller numbers for 0. */
const smallest = 2 ** -100

/** `noise` is how far rounding alone moves such a tensor. */
export const deviationOf = (found: ArrayLike<number>, exact: ArrayLike<number>, noise = 0): Deviation => {
  if (found.length !== exact.length) throw new Error(`broken invariant: ${found.length} numbers, not ${exact.length}`)
  let largest = Math.max(smallest, noise / noiseShare)
  let most = 0
  let index = 0
  for (let i = 0; i < exact.length; i++) {
    const expected = Math.fround(exact[i] ?? 0)
    if (Number.isFinite(expected)) largest = Math.max(largest, Math.abs(expected))
    const off = difference(found[i] ?? 0, expected)
    if (off > most) {
      most = off
      index = i
    }
  }
  return { relative: most / largest, index }
}

/** NaN and infinities are themselves, and infinitely far from all else. */
const difference = (found: number, expected: number): number => {
  if (Object.is(found, expected)) return 0
  const off = Math.abs(found - expected)
  return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off
}
