import type { Shape } from '../../ir/program.ts'

/** The fields of a source that yields `label` (one-hot of N) only where labels are asked for. */
export type Labelled<L, X extends Shape, N extends number> = [L] extends [true]
  ? { readonly x: X; readonly label: [N] }
  : { readonly x: X }

/** One-hot rows of the given classes. */
export const oneHot = (classes: number, indices: readonly number[]): Float32Array => {
  const rows = new Float32Array(indices.length * classes)
  markOneHot(rows, classes, indices)
  return rows
}

/** Writes one-hot rows over what was there. */
export const markOneHot = (rows: Float32Array, classes: number, indices: Iterable<number>): void => {
  rows.fill(0)
  let start = 0
  for (const index of indices) {
    rows[start + index] = 1
    start += classes
  }
}
