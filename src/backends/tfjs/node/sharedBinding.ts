import * as E from '#fp-ts/Either'
import type { BackendError } from '../../../errors/backendError.ts'
import type { Binding } from './binding.ts'
import { type Row, rowError } from './row.ts'

const elsewhere = 'Start it in a process of its own.'

/** A process has one libtensorflow, for good: a second row gets that of the first, unless it would be told a lie. */
export const sharedBinding = <B extends Pick<Binding, 'isUsingGpuDevice' | 'resources'>>(
  row: Row,
  binding: B,
): E.Either<BackendError, B> => {
  if (!row.gpu && binding.isUsingGpuDevice())
    return E.left(rowError(row, 'libtensorflow already works on a GPU in this process', elsewhere))
  if (row.gpu && binding.resources?.gpu === false)
    return E.left(rowError(row, 'libtensorflow was started for the CPU alone in this process', elsewhere))
  return E.right(binding)
}
