import type { Shape } from '../../ir/program.ts'

/** The fields of a source with an optional `label`, one-hot with N classes. */
export type Labelled<L, X extends Shape, N extends number> = [L] extends [true]
  ? { readonly x: X; readonly label: [N] }
  : { readonly x: X }

/** One-hot rows of the given classes. */
export const oneHot = (classes: number, indices: readonly number[]): Float32Array => {
  const rows = new Float32Array(indices.length * classes)
  markOneHot(rows, classes, indices)
  return rows
}

/** Overwrites an array with one-hot rows. */
export const markOneHot = (rows: Float32Array, classes: number, indices: Iterable<number>): void => {
  rows.fill(0)
  let start = 0
  for (const index of indices) {
    rows[start + index] = 1
    start += classes
  }
}
