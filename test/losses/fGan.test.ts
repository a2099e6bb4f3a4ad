import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalVariation } from '../../src/algebra/divergence.ts'
import { curveOf, evaluateTerm } from '../../src/algebra/evaluateTerm.ts'
import { relu, softplus } from '../../src/dsl/layers/pointwise.ts'
import { text } from '../../src/dsl/printing/text.ts'
import {
  abs,
  add,
  div,
  exp,
  log,
  log1p,
  maximum,
  mul,
  neg,
  pow,
  sqrt,
  square,
  sub,
} from '../../src/dsl/terms/elementwise.ts'
import { rewrite } from '../../src/dsl/terms/rewrite.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { at } from '../../src/ir/present.ts'
import { type Convex, fGan, variational } from '../../src/losses/fGan.ts'
import * as losses from '../../src/losses/losses.ts'
import { bestReplies, valueAtOptimum } from '../../src/theory/criterion.ts'
import { distributions, pointwiseGameOfLoss, sum } from '../theory/pointwiseGames.ts'

const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))
const logit = fc.double({ min: -6, max: 6, noNaN: true })

/** The f of each divergence that has a loss of its own: Nowozin et al. 2016, table 1 and supplement. */
const f = {
  kullbackLeibler: mul(t, log(t)),
  reverseKullbackLeibler: neg(log(t)),
  pearson: square(sub(t, 1)),
  neyman: div(square(sub(t, 1)), t),
  squaredHellinger: square(sub(sqrt(t), 1)),
  jensenShannon: mul(0.5, add(mul(t, log(div(mul(2, t), add(t, 1)))), log(div(2, add(t, 1))))),
  ganDivergence: sub(mul(t, log(t)), mul(add(t, 1), log(add(t, 1)))),
} as const satisfies { readonly [name: string]: Convex }

/** The f that an alpha-divergence is given. */
const alphaF = (a: number): Convex => {
  if (a === 1) return sub(mul(t, log(t)), sub(t, 1))
  return mul(1 / (a * (a - 1)), sub(sub(pow(t, a), 1), mul(a, sub(t, 1))))
}

/** Numbers that differ by rounding alone are one. */
const rounded = (term: Term): Term =>
  rewrite(term, (part) => (part.op === 'number' ? { ...part, value: Number(part.value.toPrecision(12)) } : part))

describe('what is written of T and f*(T) is what algebra makes of f', () => {
  for (const [name, each] of Object.entries(f) as readonly [keyof typeof f, Convex][])
    test(name, () => {
      const { discriminator, generator } = losses.fGan(each)
      const written = losses[name]
      expect(rounded(written.discriminator.objective)).toEqual(rounded(discriminator.objective))
      expect(rounded(written.generator.objective)).toEqual(rounded(generator.objective))
    })
})

/** Convex functions that no row has. */
const own: { readonly [name: string]: Convex } = {
  jeffreys: mul(sub(t, 1), log(t)),
  triangular: div(square(sub(t, 1)), add(t, 1)),
  'softplus of t': softplus(sub(t, 1)),
  'exponential of t': exp(mul(0.1, t)),
  'Vincze and Le Cam, skewed': div(square(sub(t, 1)), add(mul(0.3, t), 0.7)),
  'power of a sum': pow(add(square(t), 3), 0.75),
  'quadratic hinge': square(relu(sub(t, 1))),
  'of two pieces': maximum(mul(2, sub(t, 1)), mul(t, log(t))),
}
const all: { readonly [name: string]: Convex } = {
  ...f,
  ...own,
  ...Object.fromEntries([-1, 0.3, 1].map((a) => [`alpha ${a}`, alphaF(a)])),
}

/** Exponentials of t = e^v overflow where v is 7. */
const overflows = (name: string): boolean => name.endsWith(' of t')
const tame = Object.entries(all).filter(([name]) => !overflows(name))
/** They have an interval of best replies, or a kink. */
const notSmooth = ['of two pieces', 'quadratic hinge']

describe('T = f′(e^v) and f*(T) = e^v f′(e^v) − f(e^v), by algebra', () => {
  for (const [name, each] of Object.entries(all)) {
    const curve = curveOf(each.term)
    const { onData, onSamples } = variational(each)
    const close = (found: number, expected: number, size: number) =>
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * (1 + size))

    test(name, () => {
      fc.assert(
        fc.property(logit, (v) => {
          fc.pre(Math.abs(v) > 1e-6) // a kink may be at r = 1
          const r = Math.exp(v)
          const { value, slope } = curve([r])
          const [T, conjugate] = [onData(t), onSamples(t)].map(({ term }) => at(evaluateTerm(term, { t: [v] }), 0))
          close(T ?? Number.NaN, at(slope, 0), Math.abs(at(slope, 0)))
          close(
            conjugate ?? Number.NaN,
            r * at(slope, 0) - at(value, 0),
            r * Math.abs(at(slope, 0)) + Math.abs(at(value, 0)),
          )
        }),
        { numRuns: 25 },
      )
    })
  }

  test('however f is written', () => {
    const spellings: readonly (readonly Convex[])[] = [
      [
        f.ganDivergence,
        sub(mul(t, log(t)), mul(add(1, t), log1p(t))),
        neg(add(mul(t, log(add(1, div(1, t)))), log(add(t, 1)))),
      ],
      [f.jensenShannon, mul(0.5, sub(mul(t, log(t)), mul(add(t, 1), log(div(add(t, 1), 2)))))],
      [f.pearson, sub(add(square(t), 1), mul(2, t))],
      [f.neyman, add(sub(div(1, t), 2), t), div(square(sub(1, t)), t)],
      [f.squaredHellinger, sub(add(t, 1), mul(2, sqrt(t))), sub(add(t, 1), mul(2, pow(t, 0.5)))],
    ]
    for (const [first, ...others] of spellings)
      for (const other of others) {
        const [a, b] = [first, other].map((each) => variational(each ?? t))
        expect(text(b?.onData(t).term ?? t.term)).toBe(text(a?.onData(t).term ?? t.term))
        expect(text(b?.onSamples(t).term ?? t.term)).toBe(text(a?.onSamples(t).term ?? t.term))
      }
  })

  test('as a person would write them', () => {
    const shown = (each: Convex) => {
      const { onData, onSamples } = variational(each)
      return [text(onData(t).term), text(onSamples(t).term)]
    }
    expect(shown(f.kullbackLeibler)).toEqual(['t + 1', 'exp t'])
    expect(shown(f.reverseKullbackLeibler)).toEqual(['−exp(−t)', 't − 1'])
    expect(shown(f.ganDivergence)).toEqual(['log σ(t)', 'softplus(t)'])
  })
})

describe('f-GANs on finite distributions', () => {
  const smooth = tame.filter(([name]) => !notSmooth.includes(name))
  test.each(smooth)(
    '%s: V(D*) is the divergence sum q f(p / q), D* is log(p / q), and no other D has more',
    (_, each) => {
      const pointwiseGame = pointwiseGameOfLoss(fGan(each))
      const [best, value] = [bestReplies(pointwiseGame), valueAtOptimum(pointwiseGame)]
      const V = (v: readonly number[], p: readonly number[], q: readonly number[]) => {
        const [a, b] = [
          evaluateTerm(pointwiseGame.discriminator.a, { t: v }),
          evaluateTerm(pointwiseGame.discriminator.b, { t: v }),
        ]
        return sum(v.map((_, i) => at(p, i) * at(a, i) + at(q, i) * at(b, i))) + pointwiseGame.discriminator.constant
      }
      fc.assert(
        fc.property(two, fc.array(logit, { minLength: 5, maxLength: 5 }), ({ p, q }, other) => {
          const ratios = p.map((each, i) => each / at(q, i))
          const divergence = sum(evaluateTerm(each.term, { t: ratios }).map((value, i) => at(q, i) * value))
          expect(value(p, q)).toBeCloseTo(divergence, 9)
          best(p, q).forEach(({ optimum }, i) => {
            expect(optimum).toEqual({ type: 'unique', value: expect.closeTo(Math.log(at(ratios, i)), 7) })
          })
          expect(V(other.slice(0, p.length), p, q)).toBeLessThanOrEqual(divergence + 1e-9 * (1 + Math.abs(divergence)))
        }),
        { numRuns: 5 },
      )
    },
  )

  test('total variation: the value at log(p / q) is half the sum of |p - q|, but T is a step, which has no slope', () => {
    const step = variational(mul(0.5, abs(sub(t, 1))))
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const v = p.map((each, i) => Math.log(each / at(q, i)))
        const [a, b] = [step.onData(t), step.onSamples(t)].map(({ term }) => evaluateTerm(term, { t: v }))
        expect(sum(v.map((_, i) => at(p, i) * at(a ?? [], i) - at(q, i) * at(b ?? [], i)))).toBeCloseTo(
          totalVariation(p, q),
          9,
        )
        expect(curveOf(step.onData(t).term)(v).slope.every((slope) => slope === 0)).toBe(true)
      }),
    )
  })
})

describe('at logits of ±50', () => {
  test.each(tame)('%s: finite, and T and f*(T) rise with v', (_, each) => {
    const { onData, onSamples } = variational(each)
    const grid = Array.from({ length: 101 }, (_, i) => i - 50)
    for (const { term } of [onData(t), onSamples(t)]) {
      const { value, slope, curvature } = curveOf(term)(grid)
      expect([...value, ...slope, ...curvature].filter((number) => !Number.isFinite(number))).toEqual([])
      expect(slope.filter((number) => number < -1e-9)).toEqual([])
    }
  })
})
