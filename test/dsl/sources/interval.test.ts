import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { float32Within, spreadOver } from '../../../src/dsl/sources/interval.ts'
import { checkSource } from '../../../src/dsl/sources/table.ts'
import { uniform } from '../../../src/dsl/sources/uniform.ts'

/** The least and the greatest number that a generator yields, and some between. */
const units = fc.oneof(
  fc.constantFrom(0, 2 ** -24, 0.5, 1 - 2 ** -24),
  fc.nat({ max: 2 ** 24 - 1 }).map((n) => n / 2 ** 24),
)
const bounds = fc.oneof(
  fc.double({ min: -1e38, max: 1e38, noNaN: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
)
/** Intervals wide and narrow: of a few float32 numbers too. */
const intervals = fc.oneof(
  fc.tuple(bounds, bounds),
  fc
    .tuple(bounds, fc.double({ min: 1e-9, max: 1e-6, noNaN: true }))
    .map(([low, width]) => [low, low + width * Math.abs(low)]),
)

describe('a uniform draw', () => {
  test('is a float32 number of at least low and below high, for every low and high', () => {
    fc.assert(
      fc.property(intervals, units, ([a = 0, b = 0], u) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const within = float32Within(low, high)
        fc.pre(within !== undefined)
        const x = spreadOver(low, high)(u)
        expect(x).toBe(Math.fround(x))
        expect(x).toBeGreaterThanOrEqual(low)
        expect(x).toBeLessThan(high)
      }),
      { numRuns: 2000 },
    )
  })

  test('stays below 101 where it is drawn from [100, 101)', () => {
    const spread = spreadOver(100, 101)
    expect(spread(0)).toBe(100)
    expect(spread(1 - 2 ** -24)).toBe(101 - 2 ** -17)
  })

  test('is at least a low that is no float32 number', () => {
    expect(Math.fround(0.7)).toBeLessThan(0.7)
    expect(spreadOver(0.7, 1)(0)).toBe(Math.fround(0.7) + 2 ** -24)
  })
})

describe('the float32 numbers within bounds', () => {
  test('are the least and the greatest: their neighbours lie outside', () => {
    const ulp = (x: number): number => 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(x))) - 23)
    fc.assert(
      fc.property(intervals, ([a = 0, b = 0]) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const within = float32Within(low, high)
        fc.pre(within !== undefined && within[0] !== 0 && within[1] !== 0)
        const [least, greatest] = within ?? [0, 0]
        expect(least - ulp(least)).toBeLessThan(low)
        expect(greatest + ulp(greatest)).toBeGreaterThanOrEqual(high)
      }),
    )
    expect(float32Within(0, 2 ** -149)).toEqual([0, 0])
    expect(float32Within(-(2 ** -149), 0)).toEqual([-(2 ** -149), -(2 ** -149)])
    expect(float32Within(-1, 2 ** -149)).toEqual([-1, 0])
  })

  test('are none between neighbours, nor beyond float32, and the source says so', () => {
    for (const [low, high] of [
      [1 + 2 ** -25, 1 + 2 ** -24],
      [1e39, 1e40],
      [-1e300, 1e300],
    ] as const) {
      expect(float32Within(low, high)).toBeUndefined()
      expect(checkSource([], uniform([2], { low, high }))).toMatchObject([
        { expected: 'bounds with a float32 number of at least low and below high' },
      ])
    }
  })
})
