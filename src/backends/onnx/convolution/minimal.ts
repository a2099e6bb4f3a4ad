import { at } from '../../../ir/present.ts'
import { hasPhases, turns } from './blocks.ts'
import type { Geometry } from './geometry.ts'

/**
 * Minimal filtering (Winograd 1980; Lavin and Gray 2016, section 4): m neighbouring outputs of a filter with r taps take m + r - 1
 * products instead of m r, squared in two dimensions. A strided filter is treated as one with fewer taps over blocks of pixels, whose
 * pixels count as channels.
 */
export type Matrix = readonly (readonly number[])[]

/** `outputs = output ((filter g) * (input d))` along one axis, with * elementwise. */
export interface Algorithm {
  /** `[m + r - 1, m + r - 1]` */
  readonly input: Matrix
  /** `[m + r - 1, r]` */
  readonly filter: Matrix
  /** `[m, m + r - 1]` */
  readonly output: Matrix
}

/** Two outputs of two taps: from the values at 0, 1 and infinity, so that nothing is scaled. */
const twoOfTwo: Algorithm = {
  input: [
    [1, -1, 0],
    [0, 1, 0],
    [0, -1, 1],
  ],
  filter: [
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  output: [
    [1, 1, 0],
    [0, 1, 1],
  ],
}

/**
 * Four outputs of two taps: from the values at 0, -1, 1/2, 2 and infinity. A point beside its negative inverse keeps the
 * error low (Barabasz et al. 2020): twice that of two outputs, where 1 and -1 beside 2 would make it three times.
 */
const fourOfTwo: Algorithm = {
  input: [
    [1, -3 / 2, -3 / 2, 1, 0],
    [0, -2 / 9, 5 / 9, -2 / 9, 0],
    [0, 16 / 9, 8 / 9, -8 / 9, 0],
    [0, -1 / 18, 1 / 18, 1 / 9, 0],
    [0, 1, -3 / 2, -3 / 2, 1],
  ],
  filter: [
    [1, 0],
    [1, -1],
    [1, 1 / 2],
    [1, 2],
    [0, 1],
  ],
  output: [
    [1, 1, 1, 1, 0],
    [0, -1, 1 / 2, 2, 0],
    [0, 1, 1 / 4, 4, 0],
    [0, -1, 1 / 8, 8, 1],
  ],
}

/** Two outputs of three taps: from the values at 0, 1, -1 and infinity. */
const twoOfThree: Algorithm = {
  input: [
    [1, 0, -1, 0],
    [0, 1, 1, 0],
    [0, -1, 1, 0],
    [0, -1, 0, 1],
  ],
  filter: [
    [1, 0, 0],
    [1 / 2, 1 / 2, 1 / 2],
    [1 / 2, -1 / 2, 1 / 2],
    [0, 0, 1],
  ],
  output: [
    [1, 1, 1, 0],
    [0, 1, -1, 1],
  ],
}

/** Uses four outputs at once if few tiles are cut at the edges and the transformed filter is small compared to the image. */
const algorithm = (taps: number, outputs: number): Algorithm | undefined => {
  if (taps === 3) return twoOfThree
  if (taps !== 2) return undefined
  return outputs >= 8 && 5 * Math.ceil(outputs / 4) < 3 * Math.ceil(outputs / 2) ? fourOfTwo : twoOfTwo
}

/** The algorithm for each axis; none where a filter has too few or too many taps, or its phases have not equally many. */
export const algorithmsOf = (g: Geometry): readonly [Algorithm, Algorithm] | undefined => {
  if (!hasPhases(g)) return undefined
  const [tapsDown, tapsAcross] = turns(g)
  const down = algorithm(tapsDown, g.output[0])
  const across = algorithm(tapsAcross, g.output[1])
  return down === undefined || across === undefined ? undefined : [down, across]
}

export const transposed = (matrix: Matrix): Matrix =>
  at(matrix, 0).map((_, column) => matrix.map((row) => at(row, column)))

/** The Kronecker product, which handles both axes at once. */
export const both = (down: Matrix, across: Matrix): Matrix =>
  down.flatMap((one) => across.map((other) => one.flatMap((left) => other.map((right) => left * right))))
