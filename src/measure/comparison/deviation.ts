import { at } from '../../ir/present.ts'

/** How far numbers are from what they should be. */
export interface Deviation {
  /** The largest difference, by the largest number or move that should be there; infinite where one is NaN or infinite. */
  readonly relative: number
  /** Where that is. */
  readonly index: number
}

/** A step of float32 arithmetic stays within this of float64. */
export const tolerance = 1e-3

/** Rounding may move a number so far before it counts: what is left of larger numbers has no digits of its own. */
const noiseShare = 0.1 * tolerance

/** Some devices take smaller numbers for 0. */
const smallest = 2 ** -100

/** What a tensor should be, and by what its error is measured. */
export interface Expected {
  readonly exact: ArrayLike<number>
  /** How far rounding alone moves each number; its own last place where absent. */
  readonly noise?: ArrayLike<number>
  /** What the tensor was before: its error is measured by its largest move then, which its size does not hide. */
  readonly before?: ArrayLike<number>
}

export const deviationOf = (found: ArrayLike<number>, { exact, noise, before }: Expected): Deviation => {
  if (found.length !== exact.length) throw new Error(`broken invariant: ${found.length} numbers, not ${exact.length}`)
  // The reference gives float64, other backends float32.
  const rounded = found instanceof Float64Array ? same : Math.fround
  const move = largestMove(exact, before, rounded)
  let worst: Deviation = { relative: 0, index: 0 }
  for (let index = 0; index < exact.length; index++) {
    const expected = rounded(at(exact, index))
    const size = before === undefined ? Math.abs(expected) : Math.max(Math.abs(expected), Math.abs(at(before, index)))
    const lastPlace = Number.isFinite(size) ? 2 ** -23 * size : 0
    const rounding = noise === undefined ? lastPlace : Math.max(at(noise, index), lastPlace)
    const relative = difference(at(found, index), expected) / Math.max(move, rounding / noiseShare, smallest)
    if (relative > worst.relative) worst = { relative, index }
  }
  return worst
}

const same = (x: number): number => x

const largestMove = (
  exact: ArrayLike<number>,
  before: ArrayLike<number> | undefined,
  rounded: (x: number) => number,
): number => {
  let largest = 0
  for (let i = 0; i < exact.length; i++) {
    const move = Math.abs(rounded(at(exact, i)) - (before === undefined ? 0 : at(before, i)))
    if (Number.isFinite(move) && move > largest) largest = move
  }
  return largest
}

/** NaN and infinities are themselves, and infinitely far from all else. */
const difference = (found: number, expected: number): number => {
  if (Object.is(found, expected)) return 0
  const off = Math.abs(found - expected)
  return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off
}
