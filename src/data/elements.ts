/** Types of number that array files hold. */
export type ElementType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'f32' | 'f64'

interface Element {
  readonly bytes: number
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number
}

const elements: { readonly [T in ElementType]: Element } = {
  u8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  i8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u16: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  i16: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  u32: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  i32: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  u64: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i64: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f32: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f64: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
}

export const bytesPerElement = (type: ElementType): number => elements[type].bytes

/** All whole elements of `bytes`, each rounded to float32: beyond its range to infinity, whole numbers exact to 2^24. */
export const readElements = (bytes: Uint8Array, type: ElementType, littleEndian: boolean): Float32Array => {
  const { bytes: width, read } = elements[type]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float32Array(Math.floor(bytes.byteLength / width))
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * width, littleEndian)
  return values
}
