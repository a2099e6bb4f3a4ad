import type { Rows } from '../data/datasets.ts'
import type { Batch } from '../dsl/sources/source.ts'
import { at } from '../ir/present.ts'
import { permuted } from './random/permutation.ts'
import type { StreamKey } from './random/streamKey.ts'

/**
 * Copies `batch` samples of a table, from sample `first` on, to the outputs. Each epoch has a new order: with n = e count + i, sample n
 * is row permutation(i) under the key of epoch e.
 */
export const shuffledRows = (
  { count, fields }: Rows,
  epochKey: (epoch: number) => StreamKey,
  first: number,
  batch: number,
  out: Batch,
): void => {
  const copies = Object.entries(out).map(([field, to]) => rowCopy(fields[field], to, to.length / batch))
  let sample = 0
  while (sample < batch) {
    const epoch = Math.floor((first + sample) / count)
    const key = epochKey(epoch)
    const end = Math.min(batch, (epoch + 1) * count - first)
    for (; sample < end; sample++) {
      const row = permuted(first + sample - epoch * count, count, key)
      for (const copy of copies) copy(row, sample)
    }
  }
}

/** Below this row width, a loop is faster than `set`. */
const narrow = 32

const rowCopy = (
  from: Float32Array | undefined,
  to: Float32Array,
  width: number,
): ((row: number, place: number) => void) => {
  if (from === undefined) throw new Error('broken invariant: a table lacks a field')
  return width < narrow
    ? (row, place) => {
        for (let i = 0; i < width; i++) to[place * width + i] = at(from, row * width + i)
      }
    : (row, place) => to.set(from.subarray(row * width, (row + 1) * width), place * width)
}
