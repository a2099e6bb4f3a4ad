import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { relu, sigmoid, softplus } from '../../src/dsl/layers/pointwise.ts'
import { abs, exp, floor, log, minimum, mul, neg, sin, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { optimalDiscriminator } from '../../src/theory/optimalDiscriminator.ts'
import { anyNumber, type Range } from '../../src/theory/range.ts'

const reply = (a: Expr, b: Expr, range: Range = anyNumber) => optimalDiscriminator({ a: a.term, b: b.term }, range)
const density = fc.double({ min: 1e-3, max: 1e3, noNaN: true })

describe('user objectives, against their closed forms', () => {
  const cases: readonly (readonly [string, Expr, Expr, (p: number, q: number) => number])[] = [
    ['twice the textbook', mul(2, log(sigmoid(t))), mul(2, log(sub(1, sigmoid(t)))), (p, q) => Math.log(p / q)],
    ['stable by hand', neg(softplus(neg(t))), neg(softplus(t)), (p, q) => Math.log(p / q)],
    ['KL as an f-GAN', t, neg(exp(sub(t, 1))), (p, q) => 1 + Math.log(p / q)],
    ['exponential (AdaBoost)', neg(exp(neg(t))), neg(exp(t)), (p, q) => Math.log(p / q) / 2],
    ['weighted squares', neg(square(sub(t, 3))), mul(-2, square(t)), (p, q) => (3 * p) / (p + 2 * q)],
    ['log on (0, 1) without a layer that says so', log(t), log(sub(1, t)), (p, q) => p / (p + q)],
  ]
  for (const [name, a, b, expected] of cases)
    test(name, () => {
      const best = reply(a, b)
      fc.assert(
        fc.property(density, density, (p, q) => {
          const value = expected(p, q)
          expect(best(p, q).optimum).toEqual({ type: 'unique', value: expect.closeTo(value, 9) })
        }),
        { numRuns: 30 },
      )
    })

  test('densities in any ratio: the logit is their log ratio as far as float64 goes', () => {
    const best = reply(log(sigmoid(t)), log(sub(1, sigmoid(t))))
    for (const power of [-600, -100, -30, -1, 1, 30, 100, 600]) {
      const [p, q] = [Math.exp(power / 2), Math.exp(-power / 2)]
      expect(best(p, q).point / power).toBeCloseTo(1, 10)
    }
  })
})

describe('answers that are no number', () => {
  test('a set', () => {
    expect(reply(neg(relu(sub(1, t))), neg(relu(sub(t, -1))))(1, 1).optimum).toEqual({
      type: 'set',
      low: expect.closeTo(-1, 14),
      high: expect.closeTo(1, 14),
    })
    expect(reply(neg(relu(sub(1, t))), t)(1, 0).optimum).toEqual({
      type: 'set',
      low: expect.closeTo(1, 14),
      high: Infinity,
    })
    expect(reply(t, neg(t))(1, 1).optimum).toEqual({ type: 'set', low: -Infinity, high: Infinity })
  })
  test('unbounded, with the constraint that it needs', () => {
    const wasserstein = { type: 'unbounded', constraint: expect.stringContaining('1-Lipschitz') }
    expect(reply(t, neg(t))(2, 1).optimum).toEqual(wasserstein)
    expect(reply(t, neg(t))(1, 2).optimum).toEqual(wasserstein)
    expect(reply(square(t), neg(t))(1, 2).optimum).toEqual({
      type: 'unbounded',
      constraint: expect.stringContaining('bounded'),
    })
  })
  test('at infinity, where the value is finite', () => {
    const best = reply(log(sigmoid(t)), log(sub(1, sigmoid(t))))
    expect(best(0.3, 0)).toEqual({
      optimum: { type: 'unique', value: Infinity },
      value: expect.closeTo(0, 12),
      point: Infinity,
    })
    expect(best(1e-300, 0).optimum).toEqual({ type: 'unique', value: Infinity })
  })
  test('not known: jumps, and several tops', () => {
    expect(reply(floor(minimum(t, 1)), neg(floor(minimum(t, 1))))(2, 1).optimum.type).toBe('unknown')
    expect(reply(neg(abs(sub(abs(t), 1))), mul(0, t))(1, 1).optimum.type).toBe('unknown')
    expect(reply(log(sub(-1, square(t))), t)(1, 1).optimum.type).toBe('unknown')
    // The f-GAN of an f that is not convex, -t^2: an infinity comes before the end of the ladder.
    for (const q of [0.1, 1, 10]) expect(reply(mul(-2, exp(t)), exp(mul(2, t)))(1, q).optimum.type).toBe('unbounded')
    expect(reply(mul(1e-9, t), sin(t))(1, 1).optimum.type).toBe('unbounded')
  })
})
