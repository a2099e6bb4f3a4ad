import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageGrid } from '../../src/draw/grid.ts'

const small = fc.integer({ min: 1, max: 4 })
const cases = fc
  .record({
    count: fc.integer({ min: 1, max: 7 }),
    height: small,
    width: small,
    channels: fc.constantFrom(1 as const, 3 as const),
    columns: small,
    scale: small,
    padding: fc.nat(3),
  })
  .chain((sizes) => {
    const length = sizes.count * sizes.height * sizes.width * sizes.channels
    return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => ({ ...sizes, bytes }))
  })

test('every pixel is that of its image, or black beside them, in either range', () => {
  fc.assert(
    fc.property(cases, ({ bytes, columns, scale, padding, ...sizes }) => {
      for (const [low, high] of [[0, 1] as const, [-1, 1] as const]) {
        const values = Float32Array.from(bytes, (byte) => low + (byte / 255) * (high - low))
        const grid = imageGrid({ ...sizes, values }, { range: [low, high], columns, scale, padding })
        expect(grid.width).toBe(padding + columns * (sizes.width * scale + padding))
        expect(grid.height).toBe(padding + Math.ceil(sizes.count / columns) * (sizes.height * scale + padding))
        const expected = Array.from({ length: grid.height * grid.width * grid.channels }, (_, i) => {
          const c = i % grid.channels
          const x = Math.floor(i / grid.channels) % grid.width
          const y = Math.floor(i / grid.channels / grid.width)
          const column = Math.floor(x / (sizes.width * scale + padding))
          const row = Math.floor(y / (sizes.height * scale + padding))
          const px = Math.floor(((x % (sizes.width * scale + padding)) - padding) / scale)
          const py = Math.floor(((y % (sizes.height * scale + padding)) - padding) / scale)
          const image = row * columns + column
          const inside = px >= 0 && py >= 0 && column < columns && image < sizes.count
          return inside ? bytes[((image * sizes.height + py) * sizes.width + px) * sizes.channels + c] : 0
        })
        expect([...grid.data]).toEqual(expected)
      }
    }),
  )
})

test('values beyond the range are clipped, and NaN is black', () => {
  const values = Float32Array.of(-3, -1, 0, 1, 3, Number.NaN)
  const grid = imageGrid({ count: 6, height: 1, width: 1, channels: 1, values }, { range: [-1, 1], columns: 6 })
  expect([...grid.data]).toEqual([0, 0, 128, 255, 255, 0])
})

test('a grid is as square as it can be, unless told', () => {
  const images = { count: 10, height: 2, width: 2, channels: 3, values: new Float32Array(120) } as const
  expect(imageGrid(images, { range: [0, 1] })).toMatchObject({ width: 8, height: 6, channels: 3 })
})

test('values that are no such images are our mistake', () => {
  const images = { count: 2, height: 2, width: 2, channels: 1, values: new Float32Array(7) } as const
  expect(() => imageGrid(images, { range: [0, 1] })).toThrow('does not fit the size of the images')
})
