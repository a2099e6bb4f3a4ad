import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorFunction } from '../../../src/ir/ops/errorFunction.ts'

/** The series of Abramowitz and Stegun (1964), 7.1.5, at 60 digits. */
const exact = (at: number): Decimal => {
  const Digits = Decimal.clone({ precision: 60 })
  const x = new Digits(at)
  let power = x
  let sum = x
  for (let n = 1; power.abs().greaterThan(1e-40); n++) {
    power = power.times(x).times(x).dividedBy(-n)
    sum = sum.plus(power.dividedBy(2 * n + 1))
  }
  return sum.times(2).dividedBy(Digits.acos(-1).sqrt())
}

const expectExact = (x: number): void => {
  const expected = exact(x)
  expect(expected.minus(errorFunction(x)).abs().toNumber(), `errorFunction(${x})`).toBeLessThanOrEqual(
    1e-14 * expected.abs().toNumber(),
  )
}

test('agrees with its series at 60 digits to 1e-14, relative', () => {
  fc.assert(
    fc.property(fc.double({ min: -6.5, max: 6.5, noNaN: true }), (x) => expectExact(x)),
    { numRuns: 150 },
  )
})

test('where its two formulas meet and where it is 1', () => {
  for (const x of [2.5, 2.5 - 1e-12, 2.5 + 1e-12, 6, 6 + 1e-12, 1e-300, -1e-300]) expectExact(x)
})

test('published values (Abramowitz and Stegun, table 7.1)', () => {
  expect(errorFunction(0.5)).toBeCloseTo(0.5204998778, 10)
  expect(errorFunction(1)).toBeCloseTo(0.8427007929, 10)
  expect(errorFunction(2)).toBeCloseTo(0.995322265, 9)
})

test('at 0 and beyond', () => {
  expect(errorFunction(0)).toBe(0)
  expect(errorFunction(-0)).toBe(-0)
  expect(errorFunction(Number.POSITIVE_INFINITY)).toBe(1)
  expect(errorFunction(Number.NEGATIVE_INFINITY)).toBe(-1)
  expect(errorFunction(Number.NaN)).toBeNaN()
})
