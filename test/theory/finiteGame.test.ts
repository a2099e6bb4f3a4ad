import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { kullbackLeibler } from '../../src/algebra/divergence.ts'
import { relu, sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { abs, add, exp, log, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E as mean, norm, pair } from '../../src/dsl/terms/statistics.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { showError } from '../../src/errors/failure.ts'
import { at } from '../../src/ir/present.ts'
import * as losses from '../../src/losses/losses.ts'
import { bestReplies, generatorGradient, valueAtOptimum } from '../../src/theory/criterion.ts'
import { criticOf } from '../../src/theory/critic.ts'
import { finiteGame } from '../../src/theory/finiteGame.ts'
import { D, fake, x } from '../types/ring.ts'
import { centred, distributions, pointwiseGameOfLoss, sum } from './pointwiseGames.ts'

const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))

const gameOf = (objective: Term, shown: Term = objective, sign: 1 | -1 = 1) =>
  pipe(
    criticOf(shown, 'D', undefined),
    E.flatMap((critic) => finiteGame(critic, objective, sign)),
    E.getOrElseW((reason) => {
      throw new Error(showError(reason))
    }),
  )

const topOf = (objective: Expr, p: readonly number[], q: readonly number[]) => {
  const best = gameOf(objective.term).best(p, q)
  if (best.type !== 'top') throw new Error(best.type)
  return best
}

const [real, generated] = [D(x), D(fake)]

describe('a separable objective has the optimum that its form says', () => {
  const smooth = { minimax: losses.minimax, leastSquares: losses.leastSquares({ a: -1, b: 1, c: 0 }) }
  for (const [name, loss] of Object.entries(smooth))
    test(name, () => {
      const pointwiseGame = pointwiseGameOfLoss(loss)
      const { objective, goal } = loss.discriminator
      const game = gameOf(objective, objective, goal === 'maximise' ? 1 : -1)
      fc.assert(
        fc.property(two, ({ p, q }) => {
          const best = game.best(p, q)
          if (best.type !== 'top') throw new Error(best.type)
          expect(best.value).toBeCloseTo(valueAtOptimum(pointwiseGame)(p, q), 9)
          bestReplies(pointwiseGame)(p, q).forEach(({ point }, i) => {
            expect(at(best.table, i)).toBeCloseTo(point, 6)
          })
        }),
        { numRuns: 15 },
      )
    })

  test('the pull on the generator with D held fixed is the derivative by its probabilities', () => {
    const pointwiseGame = pointwiseGameOfLoss(losses.nonSaturating)
    const { discriminator, generator } = losses.nonSaturating
    const cost = gameOf(generator.objective, discriminator.objective, -1)
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const table = bestReplies(pointwiseGame)(p, q).map(({ point }) => point)
        const found = centred(cost.value(table, p, q).byGenerated, q)
        generatorGradient(pointwiseGame)(p, q)?.forEach((pull, i) => {
          expect(at(found, i)).toBeCloseTo(pull, 9)
        })
      }),
      { numRuns: 15 },
    )
  })
})

describe('objectives of other forms', () => {
  test('Donsker and Varadhan: the best table is log(p / q) up to a constant, and its value KL(p, q)', () => {
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const { value, table } = topOf(sub(mean(real), log(mean(exp(generated)))), p, q)
        expect(value).toBeCloseTo(kullbackLeibler(p, q), 9)
        const shift = at(table, 0) - Math.log(at(p, 0) / at(q, 0))
        table.forEach((each, i) => {
          expect(each - shift).toBeCloseTo(Math.log(at(p, i) / at(q, i)), 5)
        })
      }),
      { numRuns: 15 },
    )
  })

  test('relativistic pairs: at p_g = p_data no table beats a constant one, -log 2; elsewhere one does', () => {
    const relativistic = mean(log(sigmoid(sub(real, generated))))
    fc.assert(
      fc.property(two, ({ p, q }) => {
        expect(topOf(relativistic, p, p).value).toBeCloseTo(-Math.log(2), 9)
        const gap = Math.max(...p.map((each, i) => Math.abs(each - at(q, i))))
        if (gap > 0.01) expect(topOf(relativistic, p, q).value).toBeGreaterThan(-Math.log(2) + 1e-6)
      }),
      { numRuns: 15 },
    )
  })

  test('a mean over pairs within another is a double sum, the same sample with itself included', () => {
    const spread = sub(mean(real), mean(mean(square(sub(generated, pair(generated))))))
    const { value } = gameOf(spread.term)
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const table = p.map((_, i) => Math.sin(3 * i))
        const pairs = sum(q.flatMap((w, i) => q.map((v, j) => w * v * (at(table, i) - at(table, j)) ** 2)))
        expect(value(table, p, q).value).toBeCloseTo(sum(p.map((w, i) => w * at(table, i))) - pairs, 10)
      }),
      { numRuns: 15 },
    )
  })

  test('relativistic averages', () => {
    const average = mean(log(sigmoid(sub(real, mean(generated)))))
    const { value } = gameOf(average.term)
    const [p, q, table] = [
      [0.3, 0.7],
      [0.6, 0.4],
      [1, -2],
    ]
    const middle = 0.6 - 0.8
    const expected = -0.3 * Math.log1p(Math.exp(middle - 1)) - 0.7 * Math.log1p(Math.exp(middle + 2))
    expect(value(table, p, q).value).toBeCloseTo(expected, 12)
  })
})

describe('where there is no best table', () => {
  test('unbounded', () => {
    const best = gameOf(sub(mean(real), mean(generated)).term).best([0.7, 0.3], [0.3, 0.7])
    expect(best.type).toBe('unbounded')
  })
  test('a kink', () => {
    const best = gameOf(sub(sub(0, mean(abs(sub(real, 1)))), mean(relu(generated))).term).best([0.7, 0.3], [0.3, 0.7])
    expect(best.type).not.toBe('unbounded')
  })
  test('what is not a function of D alone is refused', () => {
    const objective = add(mean(real), mean(norm(fake)))
    const found = pipe(
      criticOf(add(objective, mean(generated)).term, 'D', undefined),
      E.flatMap((critic) => finiteGame(critic, objective.term, 1)),
    )
    expect(found).toMatchObject({ left: { message: expect.stringContaining("not a function of D's scores") } })
  })
})
