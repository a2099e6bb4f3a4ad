import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jensenShannon, kullbackLeibler } from '../../src/algebra/divergence.ts'
import { curveOf } from '../../src/algebra/evaluateTerm.ts'
import { at } from '../../src/ir/present.ts'
import * as losses from '../../src/losses/losses.ts'
import { bestReplies, generatorCriterion, generatorGradient, valueAtOptimum } from '../../src/theory/criterion.ts'
import { valueAtEquilibrium } from '../../src/theory/equilibrium.ts'
import { centred, distributions, partial, pointwiseGameOfLoss, sum } from './pointwiseGames.ts'

const textbook = pointwiseGameOfLoss(losses.minimax)
const nonSaturating = pointwiseGameOfLoss(losses.nonSaturating)
const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u))

/** V(D, G) of a table of probabilities, by the definition alone. */
const V = (D: readonly number[], p: readonly number[], q: readonly number[]): number =>
  sum(D.map((y, i) => at(p, i) * Math.log(y) + at(q, i) * Math.log1p(-y)))

const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))
const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
const optimum = (p: readonly number[], q: readonly number[]) => p.map((each, i) => each / (each + at(q, i)))
const replies = bestReplies(textbook)
const value = valueAtOptimum(textbook)
const criterion = generatorCriterion(textbook)

describe('D against a frozen generator', () => {
  test('y -> a log y + b log(1 - y) peaks at a / (a + b)', () => {
    const weight = fc.double({ min: 1e-3, max: 10, noNaN: true })
    fc.assert(
      fc.property(weight, weight, probability, (a, b, y) => {
        expect(sigmoid(at(replies([a], [b]), 0).point)).toBeCloseTo(a / (a + b), 12)
        expect(V([a / (a + b)], [a], [b])).toBeGreaterThanOrEqual(V([y], [a], [b]) - 1e-12)
      }),
    )
  })

  test('the computed best reply is p / (p + q), and no other D has a greater value', () => {
    fc.assert(
      fc.property(two, fc.array(probability, { minLength: 5, maxLength: 5 }), ({ p, q }, other) => {
        const best = replies(p, q).map(({ point }) => sigmoid(point))
        best.forEach((y, i) => {
          expect(y).toBeCloseTo(at(optimum(p, q), i), 12)
        })
        expect(value(p, q)).toBeCloseTo(V(optimum(p, q), p, q), 10)
        expect(value(p, q)).toBeGreaterThanOrEqual(V(other.slice(0, p.length), p, q) - 1e-10)
      }),
      { numRuns: 30 },
    )
  })

  test('where only one of them has mass, D is certain', () => {
    expect(at(replies([1], [0]), 0).optimum).toEqual({ type: 'unique', value: Infinity })
    expect(at(replies([0], [1]), 0).optimum).toEqual({ type: 'unique', value: -Infinity })
    expect(value([1, 0], [0, 1])).toBeCloseTo(0, 12)
  })
})

describe('the criterion C(G) = V(D*, G)', () => {
  test('is -log 4 + 2 JSD, whatever the supports', () => {
    fc.assert(
      fc.property(partial, ([p, q]) => {
        expect(value(p, q)).toBeCloseTo(-Math.log(4) + 2 * jensenShannon(p, q), 10)
      }),
      { numRuns: 40 },
    )
  })

  test('is at least -log 4, with equality at p_g = p_data alone', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const gap = Math.max(...p.map((each, i) => Math.abs(each - at(q, i))))
        expect(value(p, p)).toBeCloseTo(-Math.log(4), 12)
        // Pinsker's inequality bounds it below by the square of the distance.
        expect(value(p, q)).toBeGreaterThanOrEqual(-Math.log(4) + gap ** 2 / 4 - 1e-12)
      }),
      { numRuns: 40 },
    )
  })

  test('is convex in p_g', () => {
    fc.assert(
      fc.property(distributions(3), fc.double({ min: 0, max: 1, noNaN: true }), ([p = [], q = [], r = []], share) => {
        const mixed = q.map((each, i) => share * each + (1 - share) * at(r, i))
        expect(value(p, mixed)).toBeLessThanOrEqual(share * value(p, q) + (1 - share) * value(p, r) + 1e-10)
      }),
      { numRuns: 30 },
    )
  })

  test('is what the generator pays when D* moves with it', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        expect(criterion(p, q)).toBeCloseTo(value(p, q), 10)
      }),
      { numRuns: 20 },
    )
  })
})

describe('at p_g = p_data', () => {
  test('D* is 1/2, V is -log 4, and nothing pulls the generator', () => {
    fc.assert(
      fc.property(distributions(1), ([p = []]) => {
        for (const { point } of replies(p, p)) expect(sigmoid(point)).toBeCloseTo(1 / 2, 12)
        expect(value(p, p)).toBeCloseTo(-Math.log(4), 12)
        for (const pointwiseGame of [textbook, nonSaturating])
          for (const pull of generatorGradient(pointwiseGame)(p, p) ?? [Number.NaN]) expect(pull).toBeCloseTo(0, 12)
      }),
      { numRuns: 20 },
    )
    expect(valueAtEquilibrium(textbook)).toBeCloseTo(-Math.log(4), 14)
  })

  test('the saddle: neither player gains by moving alone', () => {
    fc.assert(
      fc.property(two, fc.array(probability, { minLength: 5, maxLength: 5 }), ({ p, q }, D) => {
        const half = p.map(() => 0.5)
        const saddle = V(half, p, p)
        expect(V(D.slice(0, p.length), p, p)).toBeLessThanOrEqual(saddle + 1e-12)
        expect(V(half, p, q)).toBeGreaterThanOrEqual(saddle - 1e-12)
      }),
    )
  })
})

describe('the generator, with D* held fixed', () => {
  const expectPulls = (found: readonly number[] | undefined, expected: readonly number[]) => {
    expect(found).toHaveLength(expected.length)
    found?.forEach((pull, i) => {
      expect(pull).toBeCloseTo(at(expected, i), 7)
    })
  }
  /** A gradient by central differences, in directions that keep the sum of probabilities. */
  const slopes = (f: (q: readonly number[]) => number, q: readonly number[]): readonly number[] => {
    const raw = q.map((_, i) => {
      const moved = (by: number) => f(q.map((each, k) => (k === i ? each + by : each)))
      return (moved(1e-6) - moved(-1e-6)) / 2e-6
    })
    return centred(raw, q)
  }

  test('non-saturating: the gradient of KL(p_g, p_data) - 2 JSD (Arjovsky and Bottou 2017, theorem 2.5)', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const expected = slopes((r) => kullbackLeibler(r, p) - 2 * jensenShannon(p, r), q)
        expectPulls(generatorGradient(nonSaturating)(p, q), expected)
      }),
      { numRuns: 20 },
    )
  })

  test('minimax: the gradient of the criterion itself, since D* is a maximum', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        expectPulls(
          generatorGradient(textbook)(p, q),
          slopes((r) => 2 * jensenShannon(p, r), q),
        )
      }),
      { numRuns: 20 },
    )
  })

  test('non-saturating: not the gradient of its own criterion with D* substituted', () => {
    const [p, q] = [
      [0.5, 0.5],
      [0.8, 0.2],
    ]
    const substituted = slopes((r) => generatorCriterion(nonSaturating)(p, r) ?? Number.NaN, q)
    const fixed = generatorGradient(nonSaturating)(p, q) ?? []
    expect(Math.abs(at(substituted, 0) - at(fixed, 0))).toBeGreaterThan(0.05)
  })

  test('where D rejects, the minimax pull vanishes and the non-saturating one stays', () => {
    const rejected = [-5, -20, -100, -500]
    const [minimax, other] = [textbook, nonSaturating].map(
      (pointwiseGame) => curveOf(pointwiseGame.generator.b)(rejected).slope,
    )
    rejected.forEach((logit, i) => {
      expect(Math.abs(at(minimax ?? [], i))).toBeLessThanOrEqual(Math.exp(logit))
      expect(at(other ?? [], i)).toBeLessThan(-0.99)
    })
  })
})
