import fc from 'fast-check'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { encodePng } from '../../../src/io/formats/png.ts'

const sides = fc.integer({ min: 1, max: 12 })
const images = fc.tuple(sides, sides, fc.constantFrom(1 as const, 3 as const)).chain(([width, height, channels]) => {
  const length = width * height * channels
  return fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    channels: fc.constant(channels),
    data: fc.uint8Array({ minLength: length, maxLength: length }),
  })
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(images, (image) => {
      expect(decode(encodePng(image))).toMatchObject({ ...image, depth: 8 })
    }),
  )
})
