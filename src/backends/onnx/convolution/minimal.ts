import { hasPhases, turns } from './blocks.ts'
import type { Geometry } from './geometry.ts'

/**
 * Minimal filtering (Winograd 1980; Lavin and Gray 2016, section 4): two neighbouring outputs of a filter of r taps take
 * r + 1 products rather than 2 r, in two dimensions the square of that. A filter that strides is one of fewer taps over
 * blocks of pixels: each block's pixels are as many more channels.
 */
export type Matrix = readonly (readonly number[])[]

/** `outputs = output' ((filter' g) * (input' d))` along one axis, with * elementwise and ' for the matrix below. */
export interface Algorithm {
  /** `[r + 1, r + 1]` */
  readonly input: Matrix
  /** `[r + 1, r]` */
  readonly filter: Matrix
  /** `[2, r + 1]` */
  readonly output: Matrix
}

/** Two outputs of two taps: from the values at 0, 1 and infinity, so that nothing is scaled. */
const twoTaps: Algorithm = {
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

/** Two outputs of three taps: from the values at 0, 1, -1 and infinity. */
const threeTaps: Algorithm = {
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

const algorithms = new Map<number, Algorithm>([
  [2, twoTaps],
  [3, threeTaps],
])

/** The algorithm for each axis; none where a filter has too few or too many taps, or its phases have not equally many. */
export const algorithmsOf = (g: Geometry): readonly [Algorithm, Algorithm] | undefined => {
  if (!hasPhases(g)) return undefined
  const [down, across] = turns(g)
  const [first, second] = [algorithms.get(down), algorithms.get(across)]
  return first === undefined || second === undefined ? undefined : [first, second]
}

export const transposed = (matrix: Matrix): Matrix =>
  (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0))
