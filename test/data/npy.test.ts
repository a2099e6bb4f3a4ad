import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeNpy } from '../../src/data/npy.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { size } from '../../src/ir/program.ts'
import { left, right } from './files.ts'

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
const arrays = shapes.chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    values: fc.float32Array({ minLength: size(shape), maxLength: size(shape) }),
  }),
)

const decode = (bytes: Uint8Array) => decodeNpy({ path: 'a.npy', bytes })

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** A file as NumPy writes it, of any version, with any header. */
const file = (header: string, data: Uint8Array, version = 1): Uint8Array => {
  const length = version === 1 ? 2 : 4
  const bytes = new Uint8Array(8 + length + header.length + data.length)
  bytes.set([...latin('\x93NUMPY'), version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, header.length, true)
  else view.setUint32(8, header.length, true)
  bytes.set(latin(header), 8 + length)
  bytes.set(data, 8 + length + header.length)
  return bytes
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`

test('what is written is read back', () => {
  fc.assert(
    fc.property(arrays, ({ shape, values }) => {
      expect(right(decode(encodeNpy(shape, values)))).toEqual({ shape, type: 'f32', values })
    }),
  )
})

test('a file cut anywhere, or longer, is refused', () => {
  fc.assert(
    fc.property(arrays, fc.nat(), ({ shape, values }, seed) => {
      const bytes = encodeNpy(shape, values)
      expect(decode(bytes.subarray(0, seed % bytes.length))._tag).toBe('Left')
      expect(left(decode(Uint8Array.from([...bytes, 0]))).hint).toBe(
        'The file is too long. Write or download the file again.',
      )
    }),
  )
})

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array(), fc.constantFrom(1, 2, 3, 9), (text, data, version) => {
      decode(file(latinOnly(text), data, version))
      decode(file(header("'<f4'", `(${latinOnly(text)})`), data, version))
      decode(data)
    }),
  )
})

const latinOnly = (text: string) => text.replace(/[^\x20-\x7e]/g, '?')

test.each([
  ["'<f4'", [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]],
  ["'>f4'", [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0]],
  ["'<f2'", [0, 0x3c, 0, 0xc0]],
  ["'>f2'", [0x3c, 0, 0xc0, 0]],
  ["'>f8'", [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0]],
  ["'>i4'", [0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe]],
  ["'<f8'", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]],
  ["'|i1'", [1, 0xfe]],
  ["'<i2'", [1, 0, 0xfe, 0xff]],
  ["'<i4'", [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff]],
  ["'<i8'", [1, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
])('1 and -2 are read as %s', (descr, bytes) => {
  expect([...right(decode(file(header(descr, '(2,)'), Uint8Array.from(bytes)))).values]).toEqual([1, -2])
})

test.each([
  ["'|u1'", [1, 2]],
  ["'<u2'", [1, 0, 2, 0]],
  ["'<u4'", [1, 0, 0, 0, 2, 0, 0, 0]],
  ["'<u8'", [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]],
])('1 and 2 are read as %s in versions 2 and 3', (descr, bytes) => {
  for (const version of [2, 3])
    expect([...right(decode(file(header(descr, '(1, 2)'), Uint8Array.from(bytes), version))).values]).toEqual([1, 2])
})

test('true and false are 1 and 0', () => {
  expect([...right(decode(file(header("'|b1'", '(2,)'), Uint8Array.of(1, 0)))).values]).toEqual([1, 0])
})

test('every float16 is read as it is', () => {
  // The values by their definition: sign, exponent and fraction.
  const value = (bits: number): number => {
    const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, (bits & 1023) / 1024]
    if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
    return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15))
  }
  const bits = Uint16Array.from({ length: 65536 }, (_, i) => i)
  const { values } = right(decode(file(header("'<f2'", '(65536,)'), new Uint8Array(bits.buffer))))
  expect([...values]).toEqual([...bits].map(value))
})

test('an array in Fortran order is the same array', () => {
  fc.assert(
    fc.property(arrays, ({ shape, values }) => {
      const places = [...values.keys()]
      // Where element i of C order stands in Fortran's: its index, with the axes in reverse.
      const index = (i: number): readonly number[] =>
        shape.map((n, axis) => Math.floor(i / size(shape.slice(axis + 1))) % n)
      const at = (i: number): number => index(i).reduce((sum, k, axis) => sum + k * size(shape.slice(0, axis)), 0)
      const columnMajor = new Float32Array(values.length)
      for (const i of places) columnMajor[at(i)] = values[i] ?? 0
      const tuple = `(${shape.join(', ')},)`
      const bytes = file(header("'<f4'", tuple, 'True'), new Uint8Array(columnMajor.buffer))
      expect(right(decode(bytes)).values).toEqual(values)
    }),
  )
})

const none = new Uint8Array(0)

test.each([
  [latin('hello, world'), 'expected a NumPy .npy file, found another format'],
  [file('', none, 4), 'expected a NumPy .npy file, found version 4 (1 to 3 are read)'],
  [latin('\x93NUMPY\x02\x00\x00\x00'), 'expected a NumPy .npy file, found a file that ends in its header'],
  [latin('\x93NUMPY\x01\x00\xff\x00{'), 'expected a NumPy .npy file, found a header of 265 bytes in a file of 11'],
  [latin('\x93NUMPY\x02\x00\xff\xff\xff\xff{'), 'expected a NumPy .npy file, found a header of more than 10000 bytes'],
  [file('{}', none), 'expected descr, fortran_order and shape in the header, found "{}"'],
  [
    file(header("[('a', '<f4')]", '(2,)'), none),
    "expected numbers (integers, booleans, '<f2', '<f4' or '<f8'), found records",
  ],
  [
    file(header("'<c8'", '(2,)'), none),
    "expected numbers (integers, booleans, '<f2', '<f4' or '<f8'), found complex numbers ('<c8')",
  ],
  [file(header("'|O'", '(2,)'), none), "found Python objects ('|O')"],
  [file(header("'<U5'", '(2,)'), none), "found text ('<U5')"],
  [file(header("'<M8[ns]'", '(2,)'), none), "found times ('<M8[ns]')"],
  [file(header("'<f16'", '(2,)'), none), "found '<f16'"],
  [latin('PK\x03\x04'), 'expected one NumPy array (.npy), found an archive (.npz)'],
  [file(header("'<f4'", '()'), new Uint8Array(4)), 'expected an array of samples, found a single number'],
  [
    file(header("'<f4'", '(0, 99999999999999999999)'), none),
    'expected samples, found an array of shape [0, 100000000000000000000]',
  ],
  [
    file(header("'<f4'", '(4294967296, 4294967296)'), none),
    'expected 73786976294838210000 bytes for [4294967296, 4294967296] of f32, as its header says, found 0',
  ],
])('%#: a wrong file is refused in words', (bytes, message) => {
  expect(left(decode(bytes))).toMatchObject({
    type: 'DataError',
    place: { type: 'file', path: 'a.npy' },
    message: expect.stringContaining(message),
  })
})
