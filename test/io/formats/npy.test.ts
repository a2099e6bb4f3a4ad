import { expect, test } from 'vitest'
import { encodeNpy } from '../../../src/io/formats/npy.ts'

// That it is read back is tested with the reader, in test/data/npy.test.ts.
test('the header is what numpy.save writes', () => {
  const text = Buffer.from(encodeNpy([3], new Float32Array(3))).toString('latin1')
  expect(text.slice(0, 128)).toBe(
    `\x93NUMPY\x01\x00\x76\x00${"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(117)}\n`,
  )
})

test('data begins at a multiple of 64 bytes, and values of another size are our mistake', () => {
  for (const shape of [[], [0], [2, 0], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]) {
    const bytes = encodeNpy(shape, new Float32Array(shape.includes(0) ? 0 : 1))
    expect((10 + new DataView(bytes.buffer).getUint16(8, true)) % 64).toBe(0)
  }
  expect(() => encodeNpy([2], new Float32Array(3))).toThrow('3 values for an array of 2')
})
