import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type Scale, scaled } from '../dsl/sources/scale.ts'
import type { Scaling } from '../dsl/sources/scaling.ts'
import { type DataError, dataError } from '../errors/dataError.ts'
import { machineMemory } from '../io/machineMemory.ts'
import { at } from '../ir/present.ts'
import { type Shape, sameShape, showShape, size } from '../ir/program.ts'
import type { Content, Expected } from './content.ts'
import type { Field } from './dataset.ts'
import { bytesPerElement, type ElementType, readElements } from './elements.ts'
import { scaleOf } from './scaleOf.ts'

/** An array as read from a file. Its first axis counts samples. */
export interface FileArray {
  readonly shape: Shape
  readonly type: ElementType
  /** The unscaled numbers, row-major. */
  readonly values: Float32Array | Float64Array
}

/** What the header of an array file says about the bytes from `start` on. */
export interface Layout {
  readonly shape: Shape
  readonly type: ElementType
  readonly littleEndian: boolean
  readonly start: number
  /** Whether the first axis varies fastest, as in Fortran and in arrays from pandas. By default the last one does. */
  readonly columnMajor?: boolean
}

const again = 'Write or download the file again.'

interface ExpectedArray extends Expected {
  readonly tooShort: (found: number) => DataError
}

/** The length of a file according to its header; left if it can't be an array of samples. */
export const expectedOf =
  (path: string) =>
  ({ shape, type, start }: Layout): E.Either<DataError, ExpectedArray> => {
    if (shape.length === 0)
      return E.left(
        dataError(path, 'expected an array of samples, found a single number', 'Save it with one axis or more.'),
      )
    if (shape.includes(0))
      return E.left(dataError(path, `expected samples, found an array of shape ${showShape(shape)}`, again))
    const bytes = size(shape) * bytesPerElement(type)
    const wrong = (found: number | 'more', hint: string): DataError => {
      const message = `expected ${bytes} bytes for ${showShape(shape)} of ${type}, as its header says, found ${found}`
      return dataError(path, message, `The file is ${hint}. ${again}`)
    }
    return E.right({
      bytes: start + bytes,
      tooLong: (found) => wrong(found === 'more' ? found : found - start, 'too long'),
      tooShort: (found) => wrong(Math.max(0, found - start), 'cut short'),
    })
  }

/** Reads the numbers after a header. Checks the sizes against the file before it allocates memory. */
export const readLayout = ({ path, bytes }: Content, layout: Layout): E.Either<DataError, FileArray> =>
  pipe(
    expectedOf(path)(layout),
    E.flatMap((expected) => {
      const { byteLength } = bytes
      if (byteLength < expected.bytes) return E.left(expected.tooShort(byteLength))
      if (byteLength > expected.bytes) return E.left(expected.tooLong(byteLength))
      const { shape, type, littleEndian, start, columnMajor = false } = layout
      const needed = byteLength + 4 * size(shape)
      if (needed > machineMemory()) {
        const message = `expected samples that fit into memory, found ${size(shape)} numbers, which take ${needed} bytes`
        return E.left(dataError(path, message, 'Use a part of the data.'))
      }
      const values = readElements(bytes.subarray(start), type, littleEndian)
      return E.right({ shape, type, values: columnMajor ? rowMajor(values, shape) : values })
    }),
  )

const withoutOnes = (shape: Shape): Shape => shape.filter((n) => n !== 1)

const sorted = (shape: Shape): Shape => [...shape].sort((a, b) => a - b)

// The sizes agree, but reading `[3, 64, 64]` as `[64, 64, 3]` would give noise.
const isTransposed = (found: Shape, expected: Shape): boolean => {
  const a = withoutOnes(found)
  const b = withoutOnes(expected)
  return !sameShape(a, b) && sameShape(sorted(a), sorted(b))
}

/** The index of the first NaN or infinity, or -1. A loop, because a callback per number is six times slower. */
const firstNotFinite = (values: Float32Array | Float64Array): number => {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(Math.fround(at(values, i)))) return i
  return -1
}

/** The same array with its last axis varying fastest. */
const rowMajor = (values: Float32Array | Float64Array, shape: Shape): Float32Array | Float64Array => {
  const made = new (values instanceof Float32Array ? Float32Array : Float64Array)(values.length)
  // The strides of the axes in the file.
  const steps = shape.map((_, axis) => size(shape.slice(0, axis)))
  const place = shape.map(() => 0)
  for (let i = 0, from = 0; i < made.length; i++) {
    made[i] = at(values, from)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1
      const [n, step] = [shape[axis] ?? 1, steps[axis] ?? 1]
      from += step
      place[axis] = next
      if (next < n) break
      from -= n * step
      place[axis] = 0
    }
  }
  return made
}

/** Checks the shape of samples. A file may group the same numbers differently (`[784]` for `[28, 28]`), but not reorder axes. */
export const checkShape =
  (path: string, shape: Shape) =>
  (array: Pick<FileArray, 'shape'>): E.Either<DataError, void> => {
    const found = array.shape.slice(1)
    const message = `expected samples of shape ${showShape(shape)}, found ${showShape(found)}`
    if (size(found) !== size(shape))
      return E.left(
        dataError(path, `${message}: ${size(shape)} numbers against ${size(found)}`, 'Make shape fit the file.'),
      )
    if (isTransposed(found, shape))
      return E.left(
        dataError(path, `${message}: its axes are in another order`, 'Transpose the array; images are channels-last.'),
      )
    return E.right(undefined)
  }

const checkFinite =
  (path: string, shape: Shape) =>
  ({ values }: FileArray): E.Either<DataError, void> => {
    const wrong = firstNotFinite(values)
    if (wrong < 0) return E.right(undefined)
    const place = `number ${wrong % size(shape)} of sample ${Math.floor(wrong / size(shape))}, both from 0`
    return E.left(
      dataError(path, `expected finite float32 numbers, found ${values[wrong]} (${place})`, 'Clean the data.'),
    )
  }

/** A field, and how the numbers of its file were scaled, if they were. */
export interface ScaledField extends Field {
  readonly scale?: Scale
}

/** Makes a field of samples with the declared shape, scaled as the source says. */
export const toField =
  (path: string, shape: Shape, scaling: Scaling = {}) =>
  (array: FileArray): E.Either<DataError, ScaledField> =>
    pipe(
      checkShape(path, shape)(array),
      E.flatMap(() => checkFinite(path, shape)(array)),
      E.map(() => scaledField(array, shape, scaling)),
    )

const scaledField = (array: FileArray, shape: Shape, scaling: Scaling): ScaledField => {
  const { values } = array
  const scale = scaleOf(array, shape.at(-1) ?? 1, scaling)
  if (scale !== undefined) return { shape, values: scaled(scale, values), scale }
  return { shape, values: values instanceof Float32Array ? values : Float32Array.from(values) }
}
