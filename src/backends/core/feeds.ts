import { type Shape, size } from '../../ir/program.ts'
import type { Feeds } from './backend.ts'

/** The part of a draw for some steps of a call, without a copy. The store has checked that it exists. */
export const drawOf = ({ draws }: Feeds, name: string, shape: Shape, start: number, count: number): Float32Array => {
  const values = draws[name]
  if (values === undefined) throw new Error(`broken invariant: draw '${name}' is read and was not given`)
  return values.subarray(start * size(shape), (start + count) * size(shape))
}
