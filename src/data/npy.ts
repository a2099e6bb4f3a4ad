import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type DataError, dataError } from '../errors/dataError.ts'
import { quoted } from '../errors/quoted.ts'
import type { Content } from './content.ts'
import type { ElementType } from './elements.ts'
import { type FileArray, type Layout, readLayout } from './fileArray.ts'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** NumPy's type strings without their byte order. */
const types: ReadonlyMap<string, ElementType> = new Map([
  ['b1', 'bool'],
  ['u1', 'u8'],
  ['i1', 'i8'],
  ['u2', 'u16'],
  ['i2', 'i16'],
  ['u4', 'u32'],
  ['i4', 'i32'],
  ['u8', 'u64'],
  ['i8', 'i64'],
  ['f2', 'f16'],
  ['f4', 'f32'],
  ['f8', 'f64'],
])

/** NumPy's limit, in bytes. */
const maxHeader = 10_000

interface Header {
  readonly text: string
  readonly end: number
}

const readHeader = ({ path, bytes }: Content): E.Either<DataError, Header> => {
  const notNpy = (found: string) =>
    dataError(path, `expected a NumPy .npy file, found ${found}`, 'Write it with numpy.save.')
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return E.left(
      dataError(
        path,
        'expected one NumPy array (.npy), found an archive (.npz)',
        'Save that array by itself, with numpy.save.',
      ),
    )
  if (magic.some((byte, i) => bytes[i] !== byte)) return E.left(notNpy('another format'))
  const version = bytes[6]
  if (version !== 1 && version !== 2 && version !== 3)
    return E.left(notNpy(`version ${version ?? 'none'} (1 to 3 are read)`))
  const start = version === 1 ? 10 : 12
  if (bytes.byteLength < start) return E.left(notNpy('a file that ends in its header'))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (end - start > maxHeader) return E.left(notNpy(`a header of more than ${maxHeader} bytes`))
  if (end > bytes.byteLength) return E.left(notNpy(`a header of ${end} bytes in a file of ${bytes.byteLength}`))
  return E.right({ text: new TextDecoder().decode(bytes.subarray(start, end)), end })
}

/** Describes a NumPy type that is not numeric, and how to convert it. */
const unreadable = (whole: string, name: string): { readonly found: string; readonly hint: string } => {
  const convert = "Convert them before saving: array.astype('<f4')."
  if (whole === '[') return { found: 'records', hint: "Save the fields as columns: numpy.stack([a['x'], a['y']], 1)." }
  if (name.startsWith('O')) return { found: `Python objects (${whole})`, hint: convert }
  if (/^[SU]/.test(name))
    return { found: `text (${whole})`, hint: 'Save a number for each word, or the numbers alone.' }
  if (/^[Mm]/.test(name)) return { found: `times (${whole})`, hint: "Save seconds, for instance: array.astype('<i8')." }
  if (name.startsWith('c'))
    return { found: `complex numbers (${whole})`, hint: 'Save real and imaginary parts on an axis of their own.' }
  return { found: whole, hint: convert }
}

// The header is a Python dictionary: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
const parseHeader =
  (path: string) =>
  ({ text, end }: Header): E.Either<DataError, Layout> => {
    const described = /['"]descr['"]\s*:\s*(\[|['"]([<>|=]?)([^'"]*)['"])/.exec(text)
    const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)
    const sizes = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)
    if (described === null || fortran === null || sizes === null) {
      const message = `expected descr, fortran_order and shape in the header, found ${quoted(text)}`
      return E.left(dataError(path, message, 'Write it with numpy.save.'))
    }
    const [, whole = '', order, name = ''] = described
    const type = types.get(name)
    if (type === undefined) {
      const { found, hint } = unreadable(whole, name)
      return E.left(
        dataError(path, `expected numbers (integers, booleans, '<f2', '<f4' or '<f8'), found ${found}`, hint),
      )
    }
    const shape = (sizes[1]?.match(/\d+/g) ?? []).map(Number)
    const columnMajor = fortran[1] === 'True'
    return E.right({ shape, type, littleEndian: order !== '>', start: end, columnMajor })
  }

/** Reads the header of a .npy file. The first 10,012 bytes are enough. */
export const npyLayout = (content: Content): E.Either<DataError, Layout> =>
  pipe(readHeader(content), E.flatMap(parseHeader(content.path)))

/** Reads NumPy's .npy, versions 1 to 3: real numbers and booleans of either byte order, in C or Fortran order. */
export const decodeNpy = (content: Content): E.Either<DataError, FileArray> =>
  pipe(
    npyLayout(content),
    E.flatMap((layout) => readLayout(content, layout)),
  )
