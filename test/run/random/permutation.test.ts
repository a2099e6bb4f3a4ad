import fc from 'fast-check'
import { expect, test } from 'vitest'
import { permuted } from '../../../src/run/random/permutation.ts'
import { type StreamKey, streamKey } from '../../../src/run/random/streamKey.ts'

const permutation = (length: number, key: StreamKey): readonly number[] =>
  Array.from({ length }, (_, index) => permuted(index, length, key))

const keys = fc.tuple(fc.maxSafeInteger(), fc.string()).map(([seed, stream]) => streamKey(seed, stream))

test('every length is permuted: each place is taken once', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })), keys, (length, key) => {
      expect([...permutation(length, key)].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i))
    }),
  )
})

test('in lengths up to 2^50, different indices have different places within', () => {
  const cases = fc
    .integer({ min: 2, max: 2 ** 50 })
    .chain((length) => fc.tuple(fc.constant(length), fc.uniqueArray(fc.nat({ max: length - 1 }), { minLength: 1 })))
  fc.assert(
    fc.property(cases, keys, ([length, indices], key) => {
      const places = indices.map((index) => permuted(index, length, key))
      expect(new Set(places).size).toBe(indices.length)
      expect(places.filter((place) => !(Number.isSafeInteger(place) && 0 <= place && place < length))).toEqual([])
    }),
  )
})

/** Pearson's statistic against equal counts, as standard deviations from its mean. */
const excess = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  const freedom = counts.length - 1
  return (statistic - freedom) / Math.sqrt(2 * freedom)
}

const tally = (values: readonly string[], kinds: number): readonly number[] => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values(), ...Array.from({ length: kinds - counts.size }, () => 0)]
}

const epochs = Array.from({ length: 300_000 }, (_, epoch) => streamKey(epoch, 'shuffle'))

test.each([2, 3, 4, 5, 6, 7, 8])('of length %i, all permutations are equally likely', (length) => {
  const factorial = Array.from({ length }, (_, i) => i + 1).reduce((product, n) => product * n, 1)
  expect(
    excess(
      tally(
        epochs.map((key) => permutation(length, key).join()),
        factorial,
      ),
    ),
  ).toBeLessThan(4)
})

test.each([9, 16, 40, 64, 65, 70])('of length %i, the places of three indices are equally likely', (length) => {
  const indices = [0, Math.floor(length / 2), length - 1]
  const kinds = length * (length - 1) * (length - 2)
  const places = epochs.map((key) => indices.map((index) => permuted(index, length, key)).join())
  expect(Math.abs(excess(tally(places, kinds)))).toBeLessThan(4)
})

test.each([10, 37, 100, 1000])('of length %i, the places of two neighbours are equally likely', (length) => {
  const bin = (index: number, key: StreamKey): number => Math.floor((permuted(index, length, key) * 10) / length)
  const first = Math.floor(length / 2)
  const steps = epochs.map((key) => permuted(first + 1, length, key) - permuted(first, length, key))
  const distances = steps.map((step) => (((step + length) % length) - 1).toString())
  expect(excess(tally(distances, length - 1))).toBeLessThan(4)
  if (length % 10 === 0)
    expect(
      excess(
        tally(
          epochs.map((key) => `${bin(first, key)}`),
          10,
        ),
      ),
    ).toBeLessThan(4)
})
