import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FieldPicture, fieldPicture } from '../../src/draw/field.ts'
import { viridis } from '../../src/draw/viridis.ts'
import type { Image } from '../../src/io/formats/image.ts'

const bounds = { x: [-1, 1], y: [-1, 1] } as const
const none = new Float32Array(0)
const empty: FieldPicture = { bounds, real: none, generated: none }

/** The colour of the pixel at a place of the picture. */
const pixel = ({ width, data }: Image, x: number, y: number): readonly number[] => {
  const at = (Math.round(y) * width + Math.round(x)) * 3
  return [...data.subarray(at, at + 3)]
}
/** Where the plane is shown. */
const panel = { left: 28, top: 64, size: 760 }
/** The pixel of a point of the plane. */
const at = (image: Image, x: number, y: number): readonly number[] =>
  pixel(image, panel.left + ((x + 1) / 2) * panel.size, panel.top + ((1 - y) / 2) * panel.size)

describe('viridis', () => {
  it.each([
    [0, [0.267, 0.005, 0.329]],
    [0.25, [0.229, 0.322, 0.546]],
    [0.5, [0.128, 0.567, 0.551]],
    [0.75, [0.37, 0.789, 0.383]],
    [1, [0.993, 0.906, 0.144]],
  ])('is that of the table at %d', (t, expected) => {
    viridis(t).forEach((channel, c) => {
      expect(Math.abs(channel - (expected[c] ?? 0))).toBeLessThan(0.02)
    })
  })

  it('grows brighter, and stays a colour', () => {
    const brightness = (t: number): number => {
      const [r, g, b] = viridis(t)
      return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2
    }
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (t, more) => {
          for (const channel of viridis(t)) expect(channel >= 0 && channel <= 1).toBe(true)
          expect(brightness(t + more)).toBeGreaterThanOrEqual(brightness(t))
        },
      ),
    )
  })
})

describe('fieldPicture', () => {
  it('puts points in their places, real ones white and generated ones red', () => {
    const inside = fc.double({ min: -0.95, max: 0.95, noNaN: true })
    fc.assert(
      fc.property(inside, inside, (x, y) => {
        const [r = 0, g = 0, b = 0] = at(fieldPicture({ ...empty, real: Float32Array.of(x, y) }), x, y)
        expect(Math.min(r, g, b)).toBeGreaterThan(200)
        const [red = 0, green = 0] = at(fieldPicture({ ...empty, generated: Float32Array.of(x, y) }), x, y)
        expect(red).toBeGreaterThan(180)
        expect(green).toBeLessThan(120)
      }),
      { numRuns: 5 },
    )
  })

  it('leaves out points beyond the bounds', () => {
    const plain = fieldPicture(empty)
    const far = fieldPicture({ ...empty, real: Float32Array.of(1.2, 0, NaN, 0, 0, -Infinity) })
    expect(Buffer.compare(far.data, plain.data)).toBe(0)
  })

  it('colours the field by value: low values bottom left are dark, high ones top right bright', () => {
    const field = {
      columns: 40,
      rows: 40,
      values: Float32Array.from({ length: 1600 }, (_, i) => ((i % 40) + Math.floor(i / 40)) / 78),
      range: [0, 1],
    } as const
    const image = fieldPicture({ ...empty, field })
    for (const place of [-0.9, -0.3, 0.2, 0.8]) {
      const expected = viridis((place + 1) / 2).map((channel) => 255 * channel)
      at(image, place, place).forEach((channel, c) => {
        expect(Math.abs(channel - (expected[c] ?? 0))).toBeLessThan(8)
      })
    }
  })

  it('draws the line where the field has a level', () => {
    const values = Float32Array.from({ length: 1600 }, (_, i) => (i % 40) / 39)
    const picture = { ...empty, field: { columns: 40, rows: 40, values, range: [0, 1], level: 0.5 } } as const
    const brightest = (image: Image): number =>
      Array.from({ length: 9 }, (_, i) => Math.min(...at(image, (i - 4) * 0.002, 0.3))).reduce((a, b) => Math.max(a, b))
    expect(brightest(fieldPicture(picture))).toBeGreaterThan(150)
    const { level: _, ...field } = picture.field
    expect(brightest(fieldPicture({ ...empty, field }))).toBeLessThan(100)
  })
})
