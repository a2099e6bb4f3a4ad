/** The number types of array files. */
export type ElementType = 'bool' | 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f16' | 'f32' | 'f64'

interface Element {
  readonly bytes: number
  /** Whether float32 represents all of its values exactly. */
  readonly fits: boolean
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number
}

const elements: { readonly [T in ElementType]: Element } = {
  bool: { bytes: 1, fits: true, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  u8: { bytes: 1, fits: true, read: (view, at) => view.getUint8(at) },
  i8: { bytes: 1, fits: true, read: (view, at) => view.getInt8(at) },
  u16: { bytes: 2, fits: true, read: (view, at, little) => view.getUint16(at, little) },
  i16: { bytes: 2, fits: true, read: (view, at, little) => view.getInt16(at, little) },
  u32: { bytes: 4, fits: false, read: (view, at, little) => view.getUint32(at, little) },
  i32: { bytes: 4, fits: false, read: (view, at, little) => view.getInt32(at, little) },
  u64: { bytes: 8, fits: false, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i64: { bytes: 8, fits: false, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f16: { bytes: 2, fits: true, read: (view, at, little) => halfOf(view.getUint16(at, little)) },
  f32: { bytes: 4, fits: true, read: (view, at, little) => view.getFloat32(at, little) },
  f64: { bytes: 8, fits: false, read: (view, at, little) => view.getFloat64(at, little) },
}

export const bytesPerElement = (type: ElementType): number => elements[type].bytes

/** Converts IEEE 754 binary16: one sign bit, 5 bits of exponent, 10 bits of fraction. */
const halfOf = (bits: number): number => {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023]
  const sign = bits >> 15 === 0 ? 1 : -1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Reads all complete elements of `bytes`. Exact, except for integers beyond 2^53. */
export const readElements = (
  bytes: Uint8Array,
  type: ElementType,
  littleEndian: boolean,
): Float32Array | Float64Array => {
  const { bytes: width, fits, read } = elements[type]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.floor(bytes.byteLength / width)
  const values = fits ? new Float32Array(count) : new Float64Array(count)
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * width, littleEndian)
  return values
}
