import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { type Shape, size } from '../../../src/ir/program.ts'
import { lowered } from './apply.ts'

type Image = readonly [number, number, number]

const side = fc.integer({ min: 1, max: 4 })
const factors = fc.integer({ min: 1, max: 4 })
const images: fc.Arbitrary<{ readonly shape: Image; readonly x: Float64Array }> = fc
  .tuple(side, side, side)
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      x: fc
        .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2 * size(shape), maxLength: 2 * size(shape) })
        .map((a) => Float64Array.from(a)),
    }),
  )
const layers = fc.constantFrom<((factor: number) => Layer)[]>(
  (factor) => ({ type: 'upsample', factor }),
  (factor) => ({ type: 'upsample', factor, method: 'bilinear' }),
  (factor) => ({ type: 'downsample', factor }),
  (factor) => ({ type: 'downsample', factor, method: 'bilinear' }),
  (factor) => ({ type: 'pool', by: 'average', size: factor }),
  (factor) => ({ type: 'pool', by: 'max', size: factor }),
)

/** What layers make, one after the other, of two images. */
const through = (shape: Shape, x: Float64Array, ...chain: readonly Layer[]): readonly number[] => {
  const [layer, ...rest] = chain
  if (layer === undefined) return [...x]
  const { shape: next, run } = lowered(layer, [shape], 2)
  return through(next.slice(1), run({ 0: x }).y ?? new Float64Array(), ...rest)
}

const expectClose = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThan(1e-12)
}

test('what makes an image smaller undoes the upsampling to nearest pixels', () => {
  const down: fc.Arbitrary<(factor: number) => Layer> = layers.filter((layer) => layer(1).type !== 'upsample')
  fc.assert(
    fc.property(images, factors, down, ({ shape, x }, factor, layer) => {
      expectClose(through(shape, x, { type: 'upsample', factor }, layer(factor)), [...x])
    }),
  )
})

test('an image of one colour keeps it, and a factor of 1 changes nothing', () => {
  fc.assert(
    fc.property(images, factors, layers, ({ shape, x }, factor, layer) => {
      expectClose(through(shape, x, layer(1)), [...x])
      const [h, w, c] = [shape[0] * factor, shape[1] * factor, shape[2]]
      const colour = Float64Array.from({ length: 2 * h * w * c }, (_, i) => x[i % c] ?? 0)
      const made = through([h, w, c], colour, layer(factor))
      expectClose(
        made,
        made.map((_, i) => x[i % c] ?? 0),
      )
    }),
  )
})

test('bilinear upsampling of a slope is the slope, but for the edges', () => {
  const x = Float64Array.from({ length: 2 * 5 }, (_, i) => i % 5)
  const made = through([1, 5, 1], x, { type: 'upsample', factor: 2, method: 'bilinear' }).slice(0, 10)
  expectClose(made, [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75, 4])
})

test('pixelShuffle is equation 4 of Shi et al. 2016', () => {
  fc.assert(
    fc.property(images, factors, ({ shape: [h, w, channels] }, factor) => {
      const deep = channels * factor * factor
      const x = Float64Array.from({ length: 2 * h * w * deep }, (_, i) => i)
      const expected = Array.from({ length: x.length }, (_, i) => {
        const [c, column, rest] = [
          i % channels,
          Math.floor(i / channels) % (w * factor),
          Math.floor(i / channels / w / factor),
        ]
        const [row, sample] = [rest % (h * factor), Math.floor(rest / (h * factor))]
        const channel = channels * factor * (row % factor) + channels * (column % factor) + c
        const pixel = (sample * h + Math.floor(row / factor)) * w + Math.floor(column / factor)
        return x[pixel * deep + channel]
      })
      expect(through([h, w, deep], x, { type: 'pixelShuffle', factor })).toEqual(expected)
    }),
  )
})

test('pixels beyond the last whole block are left out', () => {
  const x = Float64Array.from({ length: 2 * 10 }, (_, i) => i % 5)
  expect(through([2, 5, 1], x, { type: 'pool', by: 'max', size: 2 })).toEqual([1, 3, 1, 3])
})
