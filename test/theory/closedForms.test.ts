import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { pearson } from '../../src/algebra/divergence.ts'
import { evaluateTerm } from '../../src/algebra/evaluateTerm.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu, softplus } from '../../src/dsl/layers/pointwise.ts'
import { at } from '../../src/ir/present.ts'
import type { NamedLoss } from '../../src/losses/loss.ts'
import * as losses from '../../src/losses/losses.ts'
import type { LossTheory } from '../../src/losses/lossTheory.ts'
import { gan } from '../../src/spec/gan.ts'
import { bestReplies, generatorCriterion, generatorGradient, valueAtOptimum } from '../../src/theory/criterion.ts'
import { valueAtEquilibrium } from '../../src/theory/equilibrium.ts'
import { recognise } from '../../src/theory/recognise.ts'
import { generator, rest } from '../types/ring.ts'
import { centred, distributions, pointwiseGameIn, pointwiseGameOfLoss, sum } from './pointwiseGames.ts'

/** Each loss that is decided point by point, with parameters at which it is checked. */
const target = fc.integer({ min: -8, max: 8 }).map((n) => n / 4)
const targets = fc.record({ a: target, b: target, c: target }).filter(({ a, b }) => a !== b)
interface Written {
  readonly loss: NamedLoss
  readonly parameters: { readonly [name: string]: number }
}
const plain = (loss: NamedLoss): fc.Arbitrary<Written> => fc.constant({ loss, parameters: {} })
const cases: { readonly [name: string]: fc.Arbitrary<Written> } = {
  minimax: plain(losses.minimax),
  nonSaturating: plain(losses.nonSaturating),
  labelSmoothing: fc
    .constantFrom([0.9, 0], [0.9, 0.1], [1, 0.2], [0.7, 0.3], [0.8, 0.05])
    .map(([real, fake]) => ({ loss: losses.labelSmoothing({ real, fake }), parameters: { real, fake } })),
  leastSquares: targets.map((parameters) => ({ loss: losses.leastSquares(parameters), parameters })),
  hinge: plain(losses.hinge),
  wasserstein: plain(losses.wasserstein),
  kullbackLeibler: plain(losses.kullbackLeibler),
  reverseKullbackLeibler: plain(losses.reverseKullbackLeibler),
  pearson: plain(losses.pearson),
  neyman: plain(losses.neyman),
  squaredHellinger: plain(losses.squaredHellinger),
  jensenShannon: plain(losses.jensenShannon),
  ganDivergence: plain(losses.ganDivergence),
  totalVariation: plain(losses.totalVariation),
  alpha: fc.constantFrom(-1, 0, 0.3, 0.5, 1, 1.5, 2, 3).map((a) => ({ loss: losses.alpha(a), parameters: { a } })),
}
const theoryIn = (loss: NamedLoss): LossTheory => {
  const theory = loss.theory()
  if (theory === undefined) throw new Error(loss.name)
  return theory
}
const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))

/** A table at another: some divergences weigh unlikely points by the tens of thousands, so errors are relative to the largest. */
const expectClose = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length)
  const largest = Math.max(1, ...expected.map(Math.abs))
  expect(Math.max(...found.map((value, i) => Math.abs(value - at(expected, i)))) / largest).toBeLessThan(5e-10)
}

describe('what is declared of each loss is what its objectives say', () => {
  test('of every one that is decided point by point', () => {
    const wholes = ['energyBased', 'boundaryEquilibrium', 'mmd', 'energyDistance', 'cramer', 'wassersteinDivergence']
    const others = Object.keys(losses).filter((name) => name !== 'fGan' && !name.startsWith('relativistic'))
    expect(Object.keys(cases).sort()).toEqual(others.filter((name) => !wholes.includes(name)).sort())
    fc.assert(fc.property(fc.oneof(...Object.values(cases)), ({ loss }) => loss.whole === false))
  })

  for (const [name, written] of Object.entries(cases)) {
    const arbitrary = fc.tuple(written, two)
    const check = (
      property: (
        theory: LossTheory,
        pointwiseGame: ReturnType<typeof pointwiseGameOfLoss>,
        p: readonly number[],
        q: readonly number[],
      ) => void,
    ) =>
      fc.assert(
        fc.property(arbitrary, ([{ loss }, { p, q }]) => {
          property(theoryIn(loss), pointwiseGameOfLoss(loss), p, q)
        }),
        { numRuns: 20 },
      )

    test(`${name}: recognised, with its parameters`, () => {
      fc.assert(
        fc.property(written, ({ loss, parameters }) => {
          const found = recognise(pointwiseGameOfLoss(loss), losses)
          expect(found?.name).toBe(name)
          expect(found?.parameters).toEqual(parameters)
        }),
        { numRuns: 10 },
      )
    })

    test(`${name}: the best reply`, () => {
      check(({ optimum }, pointwiseGame, p, q) => {
        const found = bestReplies(pointwiseGame)(p, q)
        if (optimum.type === 'constrained') {
          found.forEach(({ optimum }, i) => {
            if (Math.abs(at(p, i) - at(q, i)) > 1e-9) expect(optimum.type).toBe('unbounded')
          })
          return
        }
        if (optimum.type !== 'closed') {
          // At infinity: as far out as tanh is not yet 1.
          found.forEach(({ point }, i) => {
            const gap = at(p, i) - at(q, i)
            if (Math.abs(gap) > 1e-6) expect(point * Math.sign(gap)).toBeGreaterThan(15)
          })
          return
        }
        const expected = evaluateTerm(optimum.output.term, { p, q })
        found.forEach(({ optimum }, i) => {
          if (optimum.type === 'set') expect(at(p, i)).toBeCloseTo(at(q, i), 12)
          else expect(optimum).toEqual({ type: 'unique', value: expect.closeTo(at(expected, i), 9) })
        })
      })
    })

    test(`${name}: the value at equilibrium`, () => {
      check(({ equilibrium }, pointwiseGame) => {
        expect(valueAtEquilibrium(pointwiseGame)).toBeCloseTo(equilibrium.value ?? Number.NaN, 10)
      })
    })

    test(`${name}: the value of the best reply, as a divergence`, () => {
      check(({ value }, pointwiseGame, p, q) => {
        const found = valueAtOptimum(pointwiseGame)(p, q)
        if (value.of !== undefined) expectClose([found], [value.of(p, q)])
        else if (p.some((each, i) => Math.abs(each - at(q, i)) > 1e-9)) expect(found).toBe(Infinity)
      })
    })

    test(`${name}: what pulls the generator`, () => {
      check(({ generator: { pull } }, pointwiseGame, p, q) => {
        const found = generatorGradient(pointwiseGame)(p, q)
        if (pull === undefined) expect(found).toBeUndefined()
        else if (found !== undefined) expectClose(found, centred(evaluateTerm(pull.term, { p, q }), q))
      })
    })
  }
})

describe('energy-based', () => {
  const energy = pipe(input([2]), dense(8), softplus, dense(1), relu)
  const margin = fc.integer({ min: 1, max: 40 }).map((n) => n / 4)
  const duelOf = (m: number) =>
    pointwiseGameIn(
      gan({ ...rest, generator, discriminator: energy, loss: losses.energyBased({ margin: m, energy: 'output' }) }),
    )

  test('over energies of at least 0: D* is m where samples are likelier, 0 where data are; its value is -m + m TV', () => {
    fc.assert(
      fc.property(margin, two, (m, { p, q }) => {
        const { optimum, value, equilibrium, generator } = theoryIn(losses.energyBased({ margin: m, energy: 'output' }))
        if (optimum.type !== 'closed') throw new Error(optimum.type)
        const pointwiseGame = duelOf(m)
        expect(valueAtEquilibrium(pointwiseGame)).toBeCloseTo(equilibrium.value ?? Number.NaN, 10)
        expect(valueAtOptimum(pointwiseGame)(p, q)).toBeCloseTo(value.of?.(p, q) ?? Number.NaN, 9)
        const best = evaluateTerm(optimum.output.term, { p, q })
        bestReplies(pointwiseGame)(p, q).forEach(({ optimum }, i) => {
          if (Math.abs(at(p, i) - at(q, i)) < 1e-6) return
          expect(optimum).toEqual({ type: 'unique', value: expect.closeTo(at(best, i), 9) })
        })
        const found = generatorGradient(pointwiseGame)(p, q)
        if (found !== undefined && generator.pull !== undefined)
          expectClose(found, centred(evaluateTerm(generator.pull.term, { p, q }), q))
      }),
      { numRuns: 20 },
    )
  })
})

describe('least squares', () => {
  test('says so of Pearson’s case alone', () => {
    const follows = (a: number, b: number, c: number) => theoryIn(losses.leastSquares({ a, b, c })).generator.follows
    expect(follows(-1, 1, 0)).toContain('χ²')
    expect(follows(0, 1, 1)).not.toContain('χ²')
  })

  test('b - c = 1 and b - a = 2: twice the symmetric criterion is chi-squared of p_data + p_g and 2 p_g (Mao et al. 2017)', () => {
    fc.assert(
      fc.property(target, two, (c, { p, q }) => {
        const pointwiseGame = pointwiseGameOfLoss(losses.leastSquares({ a: c - 1, b: c + 1, c }))
        // The paper adds to the generator's cost half E_data[(D - c)^2], which does not pull it.
        const real = sum(bestReplies(pointwiseGame)(p, q).map(({ point }, i) => (at(p, i) * (point - c) ** 2) / 2))
        const both = 2 * ((generatorCriterion(pointwiseGame)(p, q) ?? Number.NaN) + real)
        // Theirs is written with the first argument below: sum (2 p_g - (p_data + p_g))^2 / (p_data + p_g).
        const expected = pearson(
          q.map((each) => 2 * each),
          p.map((each, i) => each + at(q, i)),
        )
        expect(both).toBeCloseTo(expected, 9)
      }),
      { numRuns: 30 },
    )
  })
})
