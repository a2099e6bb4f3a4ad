import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorFunction } from '../../src/ir/ops/errorFunction.ts'
import { truncate } from '../../src/run/truncation.ts'

const cumulative = (z: number): number => (1 + errorFunction(z * Math.SQRT1_2)) / 2
const thresholds = fc.double({ min: 0.01, max: 6, noNaN: true })
const numbers = fc.float({ min: -6, max: 6, noNaN: true })

test('a number and its truncated one have the same quantile', () => {
  fc.assert(
    fc.property(thresholds, numbers, (threshold, z) => {
      const truncated = truncate(threshold)(z)
      expect(Math.abs(truncated)).toBeLessThanOrEqual(threshold)
      const [low, high] = [cumulative(-threshold), cumulative(threshold)]
      expect(Math.abs((cumulative(truncated) - low) / (high - low) - cumulative(z))).toBeLessThan(1e-9)
    }),
  )
})

test('it keeps the order and the sign, and comes nearer to 0', () => {
  fc.assert(
    fc.property(thresholds, numbers, numbers, (threshold, a, b) => {
      const [x, y] = [truncate(threshold)(a), truncate(threshold)(b)]
      if (a < b) expect(x).toBeLessThanOrEqual(y + 1e-12)
      expect(Math.sign(x)).toBe(Math.sign(a))
      expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(a))
    }),
  )
})

test('a threshold beyond all numbers changes none of them in float32', () => {
  fc.assert(
    fc.property(numbers, (z) => {
      expect(Math.abs(truncate(9)(z) - z)).toBeLessThan(1e-6)
    }),
  )
})
