import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookOf, pictureLayout, samplePicture } from '../../src/draw/samplePicture.ts'

const zero = (count: number, shape: readonly number[]) => ({
  shape,
  count,
  values: new Float32Array(count * shape.reduce((a, b) => a * b, 1)),
})

const sides = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12_000 }))
const shapes = fc
  .tuple(sides, sides, fc.constantFrom(1, 3))
  .filter(([height, width, channels]) => height * width * channels <= 100_000)

describe('samplePicture', () => {
  it('is bounded in pixels both ways, whatever the samples', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 12 }), fc.nat(64), fc.nat(40), (shape, count, scale, padding) => {
        const look = lookOf(shape)
        if (look === undefined) throw new Error(`no look of ${shape}`)
        const options = { range: [-1, 1] as const, scale: scale + 1, padding }
        const { width, height, channels, data } = samplePicture(look, zero(count, shape), options)
        expect(Math.max(width, height)).toBeLessThanOrEqual(2_048)
        expect(data.length).toBe(width * height * channels)
      }),
      { numRuns: 60 },
    )
  })

  it('shows all samples where they fit, and says how many where they do not', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 1_000_000 }), (shape, count) => {
        const look = lookOf(shape)
        if (look === undefined) throw new Error(`no look of ${shape}`)
        const { columns, shown } = pictureLayout(look, { count }, { scale: 2, padding: 2 })
        expect(shown).toBeGreaterThan(0)
        expect(shown).toBeLessThanOrEqual(Math.min(count, 1_024))
        expect(columns).toBeLessThanOrEqual(2_048)
        if (count <= 64 && Math.max(...shape) <= 100) expect(shown).toBe(count)
      }),
    )
  })

  it('makes one pixel of several, by their mean, where an image is too large', () => {
    const [height, width] = [2, 4_088]
    const values = Float32Array.from({ length: height * width }, (_, i) => (i % 2 === 0 ? 1 : 0))
    const shape = [height, width, 1]
    const options = { range: [0, 1], scale: 9, padding: 2 } as const
    const image = samplePicture({ type: 'images', height, width, channels: 1 }, { shape, count: 1, values }, options)
    expect(image).toMatchObject({ width: 2_048, height: 5 })
    expect([...image.data.subarray(2 * 2_048 + 2, 2 * 2_048 + 2_046)].every((pixel) => pixel === 128)).toBe(true)
  })

  it('draws a sequence from the low end of its range at the bottom to the high end at the top', () => {
    const length = 192
    const values = Float32Array.from({ length }, (_, i) => (2 * i) / (length - 1) - 1)
    const look = lookOf([length])
    if (look === undefined) throw new Error('no look')
    const { width, data } = samplePicture(
      look,
      { shape: [length], count: 1, values },
      { range: [-1, 1], scale: 1, padding: 2 },
    )
    const inkAt = (x: number) => Array.from({ length: 96 }, (_, y) => data[(4 + y) * width + 4 + x]).indexOf(45)
    expect([inkAt(0), inkAt(191)]).toEqual([95, 0])
    const heights = Array.from({ length: 192 }, (_, x) => inkAt(x))
    expect(heights).toEqual([...heights].sort((a, b) => b - a))
  })

  it('draws spikes between pixels, and nothing for what is no number', () => {
    const length = 10_000
    const values = new Float32Array(length)
    values[5_000] = 1
    const draw = (each: Float32Array) =>
      samplePicture(
        { type: 'curves', length },
        { shape: [length], count: 1, values: each },
        { range: [0, 1], scale: 1, padding: 2 },
      )
    const spike = draw(values)
    expect(spike.data[4 * spike.width + 4 + 96]).toBe(45)
    expect(draw(new Float32Array(length).fill(Number.NaN)).data.includes(45)).toBe(false)
  })
})

describe('lookOf', () => {
  it.each([
    [[28, 28, 1], 'images'],
    [[1, 4, 3], 'images'],
    [[1, 16, 1], 'images'],
    [[1, 17, 1], 'curves'],
    [[17], 'curves'],
    [[100, 1], 'curves'],
    [[16], undefined],
    [[2], undefined],
    [[], undefined],
    [[5, 5], undefined],
    [[5, 5, 2], undefined],
    [[3, 3, 3, 1], undefined],
  ])('of %j is %s', (shape, type) => {
    expect(lookOf(shape)?.type).toBe(type)
  })
})

it('does not cut curves where samples leave the range of the data', () => {
  const long = Array.from({ length: 20 }, (_, i) => (i === 10 ? 5 : 0))
  const samples = { shape: [20], count: 1, values: Float32Array.from(long) }
  const look = lookOf([20])
  if (look === undefined) throw new Error('a sequence has a look')
  const options = { scale: 1, padding: 1 } as const
  const wide = samplePicture(look, samples, { range: [-1, 5], ...options })
  expect(samplePicture(look, samples, { range: [-1, 1], ...options })).toEqual(wide)
  expect(samplePicture(look, samples, { range: [-9, 9], ...options })).not.toEqual(wide)
})
