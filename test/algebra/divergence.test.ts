import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as divergences from '../../src/algebra/divergence.ts'
import { alpha, type Divergence } from '../../src/algebra/divergence.ts'
import { distributions, partial } from '../theory/pointwiseGames.ts'

const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))

const { alpha: _, ...single } = divergences
const all: { readonly [name: string]: Divergence } = {
  ...single,
  ...Object.fromEntries([-1, 0, 0.5, 1, 3].map((a) => [`alpha ${a}`, alpha(a)])),
}

describe('divergences', () => {
  for (const [name, divergence] of Object.entries(all)) {
    test(`${name} is 0 between equals and above it between others`, () => {
      fc.assert(
        fc.property(two, ({ p, q }) => {
          const gap = Math.max(...p.map((each, i) => Math.abs(each - (q[i] ?? 0))))
          expect(divergence(p, p)).toBeCloseTo(0, 12)
          if (gap > 1e-6) expect(divergence(p, q)).toBeGreaterThan(gap ** 2 / 8)
        }),
      )
    })
  }

  test('known numbers', () => {
    const [p, q] = [
      [0.5, 0.5],
      [0.25, 0.75],
    ]
    expect(divergences.kullbackLeibler(p, q)).toBeCloseTo(Math.log(2 / Math.sqrt(3)), 14)
    expect(divergences.reverseKullbackLeibler(p, q)).toBeCloseTo(0.75 * Math.log(3) - Math.log(2), 14)
    expect(divergences.pearson(p, q)).toBeCloseTo(1 / 3, 14)
    expect(divergences.neyman(p, q)).toBeCloseTo(1 / 4, 14)
    expect(divergences.totalVariation(p, q)).toBeCloseTo(1 / 4, 14)
    expect(divergences.triangular(p, q)).toBeCloseTo(1 / 12 + 1 / 20, 14)
    expect(divergences.squaredHellinger(p, q)).toBeCloseTo(1 - (1 + Math.sqrt(3)) / Math.sqrt(8), 14)
  })

  test('between distributions without a common point each is at its greatest', () => {
    const [p, q] = [
      [1, 0],
      [0, 1],
    ]
    expect(divergences.jensenShannon(p, q)).toBeCloseTo(Math.log(2), 14)
    expect([divergences.totalVariation(p, q), divergences.squaredHellinger(p, q)]).toEqual([1, 1])
    expect(divergences.triangular(p, q)).toBe(2)
    expect(divergences.kullbackLeibler(p, q)).toBe(Infinity)
    expect(divergences.pearson(p, q)).toBe(Infinity)
  })

  test('the alpha family holds others', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        expect(alpha(2)(p, q)).toBeCloseTo(divergences.pearson(p, q) / 2, 10)
        expect(alpha(-1)(p, q)).toBeCloseTo(divergences.neyman(p, q) / 2, 10)
        expect(alpha(0.5)(p, q)).toBeCloseTo(4 * divergences.squaredHellinger(p, q), 10)
        expect(alpha(1 + 1e-6)(p, q)).toBeCloseTo(divergences.kullbackLeibler(p, q), 4)
        expect(alpha(1e-6)(p, q)).toBeCloseTo(divergences.reverseKullbackLeibler(p, q), 4)
      }),
    )
  })

  test('those that are symmetric, on any supports', () => {
    fc.assert(
      fc.property(partial, ([p, q]) => {
        for (const divergence of [divergences.jensenShannon, divergences.totalVariation, divergences.triangular])
          expect(divergence(p, q)).toBeCloseTo(divergence(q, p), 12)
      }),
    )
  })
})
