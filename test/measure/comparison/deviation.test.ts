import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deviationOf, tolerance } from '../../../src/measure/comparison/deviation.ts'

const floats = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 })

test('what is the same, infinities and NaN included, does not deviate', () => {
  const any = fc.array(fc.float(), { minLength: 1 })
  fc.assert(
    fc.property(any, (values) => {
      expect(deviationOf(values, { exact: values }).relative).toBe(0)
    }),
  )
})

test('NaN or infinity where a number should be is infinitely far, at its place, and so is the reverse', () => {
  fc.assert(
    fc.property(floats, fc.nat(), fc.constantFrom(Number.NaN, Infinity, -Infinity), (exact, n, bad) => {
      const index = n % exact.length
      const found = exact.with(index, bad)
      expect(deviationOf(found, { exact })).toEqual({ relative: Infinity, index })
      expect(deviationOf(exact, { exact: found })).toEqual({ relative: Infinity, index })
    }),
  )
})

test('an error is measured by the largest number, or by the largest move', () => {
  fc.assert(
    fc.property(fc.float({ min: 1, max: 1000, noNaN: true }), fc.integer({ min: 1, max: 100 }), (size, parts) => {
      const error = size / (10 * parts)
      expect(deviationOf([error, size], { exact: [0, size] }).relative).toBeCloseTo(1 / (10 * parts), 6)
      const move = size / 8
      const moved = deviationOf([size + move + error, 0], { exact: [size + move, 0], before: [size, 0] })
      expect(moved.relative).toBeCloseTo((8 / (10 * parts)) * 1, 2)
    }),
  )
})

test('an error of the last place, or of what rounding does, stays within tolerance; others do not hide behind it', () => {
  fc.assert(
    fc.property(floats, fc.nat(), (exact, n) => {
      const index = n % exact.length
      const x = exact[index] ?? 0
      const near = exact.with(index, x + 2 ** -24 * x)
      expect(deviationOf(near, { exact, before: exact }).relative).toBeLessThan(tolerance)
      const noise = exact.map((_, i) => (i === index ? 10 : 0))
      expect(deviationOf(exact.with(index, x + 5), { exact, before: exact, noise }).relative).toBeLessThan(tolerance)
      const other = exact.map((y, i) => (i === index ? y : y + 5))
      const { relative } = deviationOf(other, { exact, before: exact, noise })
      expect(relative > tolerance).toBe(exact.length > 1)
    }),
  )
})
