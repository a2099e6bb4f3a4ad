import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooser, normalised } from '../../../src/dsl/sources/weights.ts'

/** The index whose share holds u, by its definition. */
const expected = (probabilities: readonly number[], u: number): number => {
  let end = 0
  for (const [index, probability] of probabilities.entries()) {
    end += probability
    if (u < end) return index
  }
  return probabilities.findLastIndex((probability) => probability > 0)
}

const weights = fc
  .array(fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 1e-6, max: 100, noNaN: true })), { minLength: 1 })
  .filter((all) => all.some((weight) => weight > 0))
/** Multiples of 2^-24 in [0, 1), as the generator yields, also just below 1. */
const numbers = fc.array(
  fc.oneof(
    fc.nat({ max: 2 ** 24 - 1 }),
    fc.nat({ max: 9 }).map((n) => 2 ** 24 - 1 - n),
  ),
)

const chosen = (probabilities: readonly number[], given: readonly number[]): readonly number[] => {
  const uniform = (out: Float32Array): void => out.set(given.map((n) => n / 2 ** 24))
  return [...chooser(probabilities)(given.length, { uniform, normal: () => {} })]
}

test('a number falls on the index whose share it lies in', () => {
  fc.assert(
    fc.property(weights.map(normalised), numbers, (probabilities, given) => {
      expect(chosen(probabilities, given)).toEqual(given.map((n) => expected(probabilities, n / 2 ** 24)))
    }),
  )
})

test('also where it lies on the border of two shares', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (parts) => {
      const probabilities = normalised(Array.from({ length: parts }, () => 1))
      const borders = probabilities.map((_, i) => Math.floor((i / parts) * 2 ** 24))
      expect(chosen(probabilities, borders)).toEqual(borders.map((n) => expected(probabilities, n / 2 ** 24)))
    }),
  )
})

test('a hundred thousand outcomes are made ready at once', () => {
  const probabilities = normalised(Array.from({ length: 100_000 }, (_, i) => i))
  const given = [0, 1, 2 ** 23, 2 ** 24 - 1]
  expect(chosen(probabilities, given)).toEqual(given.map((n) => expected(probabilities, n / 2 ** 24)))
})
