import { describe, expect, it } from 'vitest'
import { valuesAt } from '../../../src/compile/overSteps.ts'
import type { Expr } from '../../../src/dsl/terms/expression.ts'
import { cosine, exponential, linear, stepwise, warmUp } from '../../../src/dsl/terms/schedules.ts'
import { progress } from '../../../src/dsl/terms/variables.ts'

/** A run of a hundred million steps, and where float32 stops to tell steps apart. */
const steps = 1e8
const counts = [0, 1, 999, 99_999, 500_000, 2 ** 23 - 1, 2 ** 24 - 1, 2 ** 24 + 1, steps / 2, steps - 1]

/** How far float32 is from float64, as a part of the largest value. */
const error = ({ term }: Expr, at: readonly number[] = counts): number => {
  const wide = valuesAt(term, at, { steps }, (x) => x)
  const narrow = valuesAt(term, at, { steps }, Math.fround)
  const largest = wide.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return Math.max(...wide.map((x, i) => Math.abs(x - (narrow[i] ?? Number.NaN)))) / largest
}

describe('in float32 a schedule is right at any step', () => {
  it.each<readonly [string, Expr]>([
    ['progress', progress],
    ['linear over the game', linear({ from: 2e-4 })],
    ['linear within some steps', linear({ from: 2e-4, to: 1e-5, over: 3e7 })],
    ['cosine', cosine({ from: 2e-4 })],
    ['warm-up', warmUp({ over: 3e7 }, 2e-4)],
    ['exponential to an end', exponential({ from: 1e-3, to: 1e-6 })],
    ['exponential by a factor near 1', exponential({ from: 1e-3, factor: 0.9999999 })],
  ])('%s', (_, schedule) => expect(error(schedule)).toBeLessThan(2e-6))

  it('exponential decay is right at each step, not only as a part of its start', () => {
    for (const count of [1_000, 100_000, 500_000])
      expect(error(exponential({ from: 1e-3, factor: 0.99999 }), [count])).toBeLessThan(2e-6)
  })

  it('a stepwise schedule takes each of its steps within one step of its time', () => {
    const every = 1000
    const { term } = stepwise({ from: 1, factor: 0.9999, every })
    for (const due of [every, 1e6, 8_388_000, 8_389_000, 16_777_000]) {
      const [before, after] = [due - 2, due + 1].map((step) => valuesAt(term, [step], { steps }, Math.fround)[0])
      expect(before).toBeCloseTo(0.9999 ** (due / every - 1), 5)
      expect(after).toBeCloseTo(0.9999 ** (due / every), 5)
      expect(after).toBeLessThan(before ?? 0)
    }
  })
})
