import { type Shape, size } from '../../ir/program.ts'

/** A NumPy .npy file, version 1, of little-endian float32 or float64 in C order. */
export const encodeNpy = (shape: Shape, values: Float32Array | Float64Array): Uint8Array => {
  if (values.length !== size(shape)) throw new Error(`${values.length} values for an array of ${size(shape)}`)
  // Python writes a tuple of one as (3,).
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const width = values.BYTES_PER_ELEMENT
  const header = `{'descr': '<f${width}', 'fortran_order': False, 'shape': (${tuple}), }`
  // The header ends with a newline. The data starts at a multiple of 64 bytes.
  const start = Math.ceil((10 + header.length + 1) / 64) * 64
  const bytes = new Uint8Array(start + width * values.length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  bytes.set(new TextEncoder().encode(`${header.padEnd(start - 11)}\n`), 10)
  const view = new DataView(bytes.buffer)
  view.setUint16(8, start - 10, true)
  values.forEach((value, i) => {
    if (width === 4) view.setFloat32(start + 4 * i, value, true)
    else view.setFloat64(start + 8 * i, value, true)
  })
  return bytes
}
