import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type Malformed, malformed } from '../../errors/malformed.ts'
import { printable, quoted } from '../../errors/quoted.ts'
import type { Floats, HostTensor, HostTensors } from '../../ir/hostTensor.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { parseJson } from '../parseJson.ts'

/** The content of a safetensors file: tensors by name, and metadata. */
export interface Safetensors {
  readonly tensors: HostTensors
  readonly metadata: { readonly [key: string]: string }
}

/** How a file stores the numbers of a tensor. */
interface NumberFormat {
  readonly bytes: number
  readonly create: (count: number) => Floats
  readonly read: (data: DataView, at: number) => number
  readonly write: (data: DataView, at: number, value: number) => void
}

const numberFormats = {
  F32: {
    bytes: 4,
    create: (count) => new Float32Array(count),
    read: (data, at) => data.getFloat32(at, true),
    write: (data, at, value) => data.setFloat32(at, value, true),
  },
  F64: {
    bytes: 8,
    create: (count) => new Float64Array(count),
    read: (data, at) => data.getFloat64(at, true),
    write: (data, at, value) => data.setFloat64(at, value, true),
  },
} as const satisfies { readonly [dtype: string]: NumberFormat }

type Dtype = keyof typeof numberFormats

const isDtype = (value: unknown): value is Dtype => typeof value === 'string' && Object.hasOwn(numberFormats, value)

const dtypeOf = (values: Floats): Dtype => (values instanceof Float64Array ? 'F64' : 'F32')

interface Entry {
  readonly name: string
  readonly dtype: Dtype
  readonly shape: Shape
  readonly begin: number
  readonly end: number
}

type Result<A> = E.Either<Malformed, A>

const fail = (message: string): Result<never> => E.left(malformed(message))

const metadataKey = '__metadata__'

/** In bytes. Enough for a hundred thousand tensors; the format allows three times as much. */
const maxHeader = 2 ** 25

const byKey = <A>(record: { readonly [key: string]: A }): readonly (readonly [string, A])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Assigns each tensor its place: sorted by name, one after the other. */
const layOut = (tensors: HostTensors): readonly Entry[] => {
  let end = 0
  return byKey(tensors).map(([name, { shape, values }]) => {
    if (name === metadataKey || values.length !== size(shape)) throw new Error(`safetensors can't hold tensor ${name}`)
    const begin = end
    const dtype = dtypeOf(values)
    end += numberFormats[dtype].bytes * values.length
    return { name, dtype, shape, begin, end }
  })
}

const encodeHeader = (entries: readonly Entry[], metadata: Safetensors['metadata']): Uint8Array => {
  const sorted = byKey(metadata)
  const header = Object.fromEntries([
    ...(sorted.length === 0 ? [] : [[metadataKey, Object.fromEntries(sorted)]]),
    ...entries.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, data_offsets: [begin, end] }]),
  ])
  const text = new TextEncoder().encode(JSON.stringify(header))
  const padded = new Uint8Array(Math.ceil(text.byteLength / 8) * 8).fill(' '.charCodeAt(0))
  padded.set(text)
  return padded
}

/** Encodes tensors. Equal content gives equal bytes: names are sorted, and no date or machine is written. */
export const encodeSafetensors = ({ tensors, metadata }: Safetensors): Uint8Array => {
  const entries = layOut(tensors)
  const header = encodeHeader(entries, metadata)
  const start = 8 + header.byteLength
  const bytes = new Uint8Array(start + entries.reduce((sum, { begin, end }) => sum + end - begin, 0))
  const view = viewOf(bytes)
  view.setBigUint64(0, BigInt(header.byteLength), true)
  bytes.set(header, 8)
  for (const { name, dtype, begin } of entries) {
    const { bytes: width, write } = numberFormats[dtype]
    tensors[name]?.values.forEach((value, i) => {
      write(view, start + begin + width * i, value)
    })
  }
  return bytes
}

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isCounts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isCount)

const isSpan = (value: unknown): value is readonly [begin: number, end: number] => isCounts(value) && value.length === 2

const readHeader = (
  bytes: Uint8Array,
): Result<{ readonly header: { readonly [key: string]: unknown }; readonly start: number }> => {
  if (bytes.byteLength < 8) return fail(`expected 8 bytes of header length, found a file of ${bytes.byteLength}`)
  const length = viewOf(bytes).getBigUint64(0, true)
  if (length > maxHeader || length > bytes.byteLength - 8)
    return fail(
      `expected a header within a file of ${bytes.byteLength} bytes, found one of ${length}: cut short, or another format`,
    )
  const start = 8 + Number(length)
  if (bytes[8] !== '{'.charCodeAt(0)) return fail('expected a header that begins with {, found another format')
  return pipe(
    E.tryCatch(
      () => new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)),
      (cause) => malformed(String(cause)),
    ),
    E.flatMap(parseJson),
    E.mapLeft(({ message }) => malformed(`expected a header in JSON: ${message}`)),
    E.flatMap((header) =>
      isRecord(header) ? E.right({ header, start }) : fail('expected a header that is an object'),
    ),
  )
}

const readMetadata = (value: unknown = {}): Result<Safetensors['metadata']> => {
  if (!isRecord(value)) return fail(`expected ${metadataKey} to be an object of texts`)
  const texts = Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []))
  if (texts.length !== Object.keys(value).length) return fail(`expected ${metadataKey} to hold texts alone`)
  return E.right(Object.fromEntries(texts))
}

const readEntry = ([name, entry]: readonly [string, unknown]): Result<Entry> => {
  const at = `tensor ${quoted(name)}`
  if (!isRecord(entry)) return fail(`${at}: expected an object with dtype, shape and data_offsets`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (!isDtype(dtype))
    return fail(`${at}: expected dtype ${Object.keys(numberFormats).join(' or ')}, found ${quoted(dtype)}`)
  if (!isCounts(shape)) return fail(`${at}: expected a shape of whole numbers, found ${quoted(shape)}`)
  if (!isSpan(offsets)) return fail(`${at}: expected two data_offsets, found ${quoted(offsets)}`)
  const [begin, end] = offsets
  const expected = numberFormats[dtype].bytes * size(shape)
  if (end - begin !== expected)
    return fail(`${at}: expected ${expected} bytes for shape ${printable(showShape(shape))}, found ${end - begin}`)
  return E.right({ name, dtype, shape, begin, end })
}

/** Checks that every byte of the data belongs to exactly one tensor. */
const checkCover = (entries: readonly Entry[], length: number): Result<readonly Entry[]> => {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)
  let covered = 0
  for (const { name, begin, end } of sorted) {
    if (begin !== covered)
      return fail(`tensor ${quoted(name)}: expected to begin at ${covered}, found ${begin}: a gap or an overlap`)
    covered = end
  }
  return covered === length
    ? E.right(entries)
    : fail(`expected ${covered} bytes of data, found ${length}: cut short or too long`)
}

const readTensor = (data: DataView, { dtype, shape, begin, end }: Entry): HostTensor => {
  const { bytes, create, read } = numberFormats[dtype]
  const values = create((end - begin) / bytes)
  for (let i = 0; i < values.length; i++) values[i] = read(data, begin + bytes * i)
  return { shape, values }
}

/** Reads a file of float32 and float64 tensors. Checks all sizes before it allocates memory. */
export const decodeSafetensors = (bytes: Uint8Array): Result<Safetensors> =>
  pipe(
    E.Do,
    E.bind('opened', () => readHeader(bytes)),
    E.bind('metadata', ({ opened }) => readMetadata(opened.header[metadataKey])),
    E.bind('entries', ({ opened }) =>
      pipe(
        Object.entries(opened.header).filter(([name]) => name !== metadataKey),
        E.traverseArray(readEntry),
        E.flatMap((entries) => checkCover(entries, bytes.byteLength - opened.start)),
      ),
    ),
    E.map(({ opened, metadata, entries }) => {
      const data = viewOf(bytes.subarray(opened.start))
      return { metadata, tensors: Object.fromEntries(entries.map((entry) => [entry.name, readTensor(data, entry)])) }
    }),
  )
