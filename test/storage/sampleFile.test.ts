import fc from 'fast-check'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { shortest } from '../../src/io/formats/shortest.ts'
import type { Samples } from '../../src/run/sampler.ts'
import { defaultFormat, encodeSamples, shownIn } from '../../src/storage/sampleFile.ts'
import { left, right } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const samples = (shape: readonly number[], ...values: readonly number[]): Samples => ({
  shape,
  count: 2,
  values: Float32Array.from(values),
})

test('a float32 is told by few digits, and never by too few', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      // JSON has no -0.
      expect(Math.fround(shortest(value))).toBe(value + 0)
    }),
  )
  expect(`${shortest(Math.fround(0.1))}`).toBe('0.1')
})

test('points are a table, a row each', () => {
  expect(right(encodeSamples(samples([2], 1, 2, 3, Math.fround(0.1)), smallRing))).toBe('x0,x1\n1,2\n3,0.1\n')
})

test('images are a grid whose black and white are those of the data', () => {
  const data = { type: 'idx', images: '', shape: [1, 1, 1], range: [-2, 2] } as const
  const png = right(encodeSamples(samples([1, 1, 1], -2, 2), { ...smallRing, sources: { data } }))
  const { width, height, channels, data: pixels } = decode(png as Uint8Array)
  expect([width, height, channels]).toEqual([3 * 64 + 2 * 64, 3 * 64, 1])
  expect(pixels[width * 96 + 96]).toBe(0)
  expect(pixels[width * 96 + 64 + 64 + 96]).toBe(255)
})

test('samples of several classes in turn have a column for each', () => {
  const six = { ...samples([1, 1, 1], 0, 1, 2, 3, 4, 5), count: 6, turn: 3 }
  const { width, height } = decode(right(encodeSamples(six, smallRing)) as Uint8Array)
  expect([width, height]).toEqual([3 * 64 + 4 * 64, 2 * 64 + 3 * 64])
})

test('each shape has a format that holds it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }), (shape) => {
      const size = shape.reduce((a, b) => a * b, 1)
      const some = { shape, count: 3, values: new Float32Array(3 * size) }
      expect(encodeSamples(some, smallRing, defaultFormat(some))._tag).toBe('Right')
    }),
  )
  expect(left(encodeSamples(samples([2], 1, 2, 3, 4), smallRing, 'png')).message).toBe(
    'expected images or sequences for a PNG, found samples of shape [2]',
  )
})

test('a picture of many samples shows the first, as many as it holds', () => {
  const many = { shape: [28, 28, 1], count: 3_000, values: new Float32Array(3_000 * 28 * 28) }
  const { width, height } = decode(right(encodeSamples(many, smallRing)) as Uint8Array)
  expect(Math.max(width, height)).toBeLessThanOrEqual(2_048)
  expect(shownIn(many)).toBe(1_024)
  expect(shownIn({ ...many, count: 64 })).toBe(64)
  expect(shownIn(many, 'npy')).toBe(3_000)
})

test('a table holds as many samples as it may, and refuses more', () => {
  const most = 2 ** 21
  const table = right(encodeSamples({ shape: [2], count: most, values: new Float32Array(2 * most) }, smallRing))
  expect(table.length).toBe('x0,x1\n'.length + most * '0,0\n'.length)
  const more = { shape: [2], count: most + 1, values: new Float32Array(2 * most + 2) }
  expect(left(encodeSamples(more, smallRing)).message).toBe(
    'expected at most 2097152 samples of shape [2] in a CSV, found 2097153',
  )
})

test.each([[[17]], [[100, 1]], [[1, 10_000, 1]]])('sequences of shape %j are curves', (shape) => {
  const size = shape.reduce((a, b) => a * b, 1)
  const some = { shape, count: 64, values: Float32Array.from({ length: 64 * size }, (_, i) => Math.sin(i)) }
  expect(defaultFormat(some)).toBe('png')
  const { width, height } = decode(right(encodeSamples(some, smallRing)) as Uint8Array)
  expect([width, height]).toEqual([6 * 196 + 4, 11 * 100 + 4])
  expect(shownIn(some)).toBe(64)
})
