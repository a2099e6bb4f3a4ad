import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { mul, neg, sqrt, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, sum } from '../../src/dsl/terms/statistics.ts'
import { size } from '../../src/ir/program.ts'
import { crossEntropy, logSoftmax } from '../../src/losses/classification.ts'
import { pullingAway } from '../../src/losses/energyBased.ts'
import { gaussianMixture, rationalQuadratic } from '../../src/losses/kernels.ts'
import { squaredMmd } from '../../src/losses/mmd.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, gameOf, only, played, someDraws, someState } from '../compile/playing.ts'

const [first, second] = [source('first', normal([3])), source('second', normal([3]))]
const [a, b] = [sample(first), sample(second)]
/** A network must be there; nothing is asked of it. */
const N = network('N', pipe(input([3]), dense(1)))

/** What an expression of the samples a and b is, on a batch of four. */
const evaluated = (of: Expr) => {
  const game = compiled(
    gameOf({
      networks: { N: N.net },
      sources: { first: first.source, second: second.source },
      players: {
        p: { goal: 'minimise', objective: { op: 'add', left: of.term, right: mul(0, E(sum(N(a)))).term }, over: ['N'] },
      },
    }),
  )
  return (rows: { readonly a: readonly number[]; readonly b: readonly number[] }): number => {
    const draws = {
      ...someDraws(game.step),
      ...Object.fromEntries(
        Object.entries({ 'p/0/first.x': rows.a, 'p/0/second.x': rows.b })
          .filter(([name]) => Object.hasOwn(game.step.draws, name))
          .map(([name, values]) => [name, Float64Array.from(values)]),
      ),
    }
    return only(played(game, someState(game), draws).metrics.p)
  }
}

const rows = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size([4, 3]), maxLength: size([4, 3]) })
const both = fc.record({ a: rows, b: rows })
const points = (flat: readonly number[]) => [0, 1, 2, 3].map((i) => flat.slice(3 * i, 3 * i + 3))
const distanceOf = (u: readonly number[], v: readonly number[]): number =>
  Math.hypot(...u.map((each, i) => each - (v[i] ?? Number.NaN)))

/** The mean of k over all pairs of two batches, or over those of two different places. */
const meanOf = (k: (d: number) => number, u: readonly number[], v: readonly number[], distinct: boolean): number => {
  const values = points(u).flatMap((x, i) =>
    points(v).flatMap((y, j) => (distinct && i === j ? [] : [k(distanceOf(x, y))])),
  )
  return values.reduce((sum, each) => sum + each, 0) / values.length
}

const kernels = {
  gaussians: [gaussianMixture({ bandwidths: [0.5, 2] }), (d: number) => Math.exp(-2 * d * d) + Math.exp(-(d * d) / 8)],
  'rational quadratic': [
    rationalQuadratic({ scales: [0.5, 1] }),
    (d: number) => 1 / Math.sqrt(1 + d * d) + 1 / (1 + (d * d) / 2),
  ],
  energy: [(squared: Expr) => neg(sqrt(squared)), (d: number) => -d],
} as const

describe('the squared discrepancy, by its definition', () => {
  for (const [name, [kernel, k]] of Object.entries(kernels))
    for (const estimate of ['biased', 'unbiased'] as const)
      test(`${name}, ${estimate}`, () => {
        const value = evaluated(squaredMmd(a, b, kernel, estimate))
        fc.assert(
          fc.property(both, ({ a, b }) => {
            const distinct = estimate === 'unbiased'
            const expected = meanOf(k, a, a, distinct) + meanOf(k, b, b, distinct) - 2 * meanOf(k, a, b, false)
            expect(value({ a, b })).toBeCloseTo(expected, 10)
            if (!distinct) {
              expect(value({ a, b })).toBeGreaterThan(-1e-12)
              expect(value({ a, b: a })).toBeCloseTo(0, 12)
            }
          }),
          { numRuns: 20 },
        )
      })
})

describe('pulling away', () => {
  const value = evaluated(pullingAway(a))
  test('is 1 where all codes have one direction, however long, 0 where they are orthogonal or nothing', () => {
    expect(value({ a: [1, 2, 3, 2, 4, 6, -1, -2, -3, 10, 20, 30], b: [] })).toBeCloseTo(1, 12)
    expect(value({ a: [5, 0, 0, 0, 2, 0, 0, 0, -1, 0, 0, 0], b: [] })).toBeCloseTo(0, 12)
  })
  test('is the mean squared cosine of different samples', () => {
    fc.assert(
      fc.property(rows, (near) => {
        const flat = near.map((each, i) => (i % 4 === 0 ? each - 2.5 : each + 2.5))
        const cosine = (u: readonly number[], v: readonly number[]) => {
          const lengths = Math.hypot(...u) * Math.hypot(...v)
          return u.reduce((sum, each, i) => sum + each * (v[i] ?? Number.NaN), 0) / lengths
        }
        const of = points(flat)
        const squares = of.flatMap((u, i) => of.flatMap((v, j) => (i === j ? [] : [cosine(u, v) ** 2])))
        expect(value({ a: flat, b: [] })).toBeCloseTo(squares.reduce((x, y) => x + y, 0) / 12, 10)
      }),
      { numRuns: 20 },
    )
  })
})

describe('logits of any size', () => {
  const cost = evaluated(crossEntropy(a, b))
  const total = evaluated(E(sub(sum(logSoftmax(a)), 0)))
  test('cross entropy of logits ±200 is exact', () => {
    const a = [200, -200, 0, -200, -200, 200, 0, 0, 0, 1e4, -1e4, 0]
    const b = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
    expect(cost({ a, b })).toBeCloseTo((0 + 400 + Math.log(3) + 2e4) / 4, 9)
    expect(total({ a, b })).toBeLessThan(0)
  })
})
