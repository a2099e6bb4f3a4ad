import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toField } from '../../src/data/fileArray.ts'
import { decodeIdx, ofBytes } from '../../src/data/idx.ts'
import { left, right } from './files.ts'

const decode = (...bytes: readonly number[]) => decodeIdx({ path: 'a.idx', bytes: Uint8Array.from(bytes) })

test.each([
  ['u8', 0x08, [1, 254], [1, 254]],
  ['i8', 0x09, [1, 254], [1, -2]],
  ['i16', 0x0b, [0, 1, 255, 254], [1, -2]],
  ['i32', 0x0c, [0, 0, 0, 1, 255, 255, 255, 254], [1, -2]],
  ['f32', 0x0d, [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], [1, -2]],
  ['f64', 0x0e, [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], [1, -2]],
])('numbers of type %s are big-endian', (type, code, bytes, values) => {
  const found = right(decode(0, 0, code, 2, 0, 0, 0, 2, 0, 0, 0, 1, ...bytes))
  expect({ ...found, values: [...found.values] }).toEqual({ shape: [2, 1], type, values })
})

test.each([
  [[1, 0, 8, 1, 0, 0, 0, 0], 'expected an IDX file, found another format'],
  [[0, 0, 8], 'expected an IDX file, found another format'],
  [[0, 0, 10, 1, 0, 0, 0, 0], 'expected an IDX file, found the unknown type 0x0a'],
  [[0, 0, 8, 2, 0, 0, 0, 1], 'expected an IDX file, found a file of 8 bytes with a header of 12'],
  [[0, 0, 8, 0, 7], 'expected an array of samples, found a single number'],
  [[0, 0, 8, 1, 0, 0, 0, 0], 'expected samples, found an array of shape [0]'],
  [[0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'expected 3 bytes for [3] of u8, as its header says, found 2'],
  [[0, 0, 8, 1, 0, 0, 0, 1, 1, 2], 'expected 1 bytes for [1] of u8, as its header says, found 2'],
  [
    [0, 0, 14, 2, 255, 255, 255, 255, 255, 255, 255, 255],
    'expected 147573952520956940000 bytes for [4294967295, 4294967295] of f64, as its header says, found 0',
  ],
])('%j is refused in words', (bytes, message) => {
  expect(left(decode(...bytes))).toMatchObject({ type: 'DataError', place: { type: 'file', path: 'a.idx' }, message })
})

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void decode(0, 0, ...bytes)))
})

test('rescaling is monotonic and exact at both ends', () => {
  const ends = fc.float({ min: -1000, max: 1000, noNaN: true }).map((end) => end + 0)
  const bytes = { shape: [256], type: 'u8', values: Float32Array.from({ length: 256 }, (_, i) => i) } as const
  fc.assert(
    fc.property(ends, ends, (a, b) => {
      fc.pre(a !== b)
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const { values } = right(toField('', [], { range: [low, high] })(bytes))
      expect(values.at(0)).toEqual(low)
      expect(values.at(-1)).toEqual(high)
      values.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? low)
        expect(Math.abs(value - (low + (i / 255) * (high - low)))).toBeLessThanOrEqual(1e-4)
      })
    }),
  )
})

test('only bytes are rescaled', () => {
  const array = { shape: [1], type: 'f32', values: new Float32Array(1) } as const
  expect(left(ofBytes('a.idx', [-1, 1])(array)).message).toBe('expected bytes (u8) to map to [-1, 1], found f32')
})
