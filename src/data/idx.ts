import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type DataError, dataError } from '../errors/dataError.ts'
import type { Content } from './content.ts'
import type { ElementType } from './elements.ts'
import { type FileArray, type Layout, readLayout } from './fileArray.ts'

const types: ReadonlyMap<number, ElementType> = new Map([
  [0x08, 'u8'],
  [0x09, 'i8'],
  [0x0b, 'i16'],
  [0x0c, 'i32'],
  [0x0d, 'f32'],
  [0x0e, 'f64'],
])

/** Reads the header of an IDX file. The first 1,024 bytes are enough. */
export const idxLayout = ({ path, bytes }: Content): E.Either<DataError, Layout> => {
  const notIdx = (found: string) =>
    E.left(dataError(path, `expected an IDX file, found ${found}`, 'Check the path, or download the file again.'))
  const [zero, alsoZero, code, axes] = bytes
  if (zero !== 0 || alsoZero !== 0 || code === undefined || axes === undefined) return notIdx('another format')
  const type = types.get(code)
  if (type === undefined) return notIdx(`the unknown type 0x${code.toString(16).padStart(2, '0')}`)
  const start = 4 + 4 * axes
  if (bytes.byteLength < start) return notIdx(`a file of ${bytes.byteLength} bytes with a header of ${start}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
  return E.right({ shape, type, littleEndian: false, start })
}

/** Reads IDX, MNIST's format (LeCun, Cortes and Burges 1998): two zeros, a type, the number of axes, their sizes, then big-endian numbers. */
export const decodeIdx = (content: Content): E.Either<DataError, FileArray> =>
  pipe(
    idxLayout(content),
    E.flatMap((layout) => readLayout(content, layout)),
  )

/** A range says what bytes 0 and 255 become, so the array must hold bytes. */
export const ofBytes =
  (path: string, [low, high]: readonly [number, number]) =>
  (array: FileArray): E.Either<DataError, FileArray> =>
    array.type === 'u8'
      ? E.right(array)
      : E.left(
          dataError(path, `expected bytes (u8) to map to [${low}, ${high}], found ${array.type}`, 'Leave range out.'),
        )
