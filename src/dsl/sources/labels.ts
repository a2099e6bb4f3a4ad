import type { Shape } from '../../ir/program.ts'

/** The fields of a source that yields `label` (one-hot of N) only where labels are asked for. */
export type Labelled<L, X extends Shape, N extends number> = [L] extends [true]
  ? { readonly x: X; readonly label: [N] }
  : { readonly x: X }

/** One-hot rows of the given classes. */
export const oneHot = (classes: number, indices: readonly number[]): Float32Array => {
  const rows = new Float32Array(indices.length * classes)
  for (const [row, index] of indices.entries()) rows[row * classes + index] = 1
  return rows
}
