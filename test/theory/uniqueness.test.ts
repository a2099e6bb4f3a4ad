import { describe, expect, test } from 'vitest'
import { relu, sigmoid, softplus, tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import * as losses from '../../src/losses/losses.ts'
import { optimalDiscriminator } from '../../src/theory/optimalDiscriminator.ts'
import type { Range } from '../../src/theory/range.ts'
import { pointwiseGameOfLoss } from './pointwiseGames.ts'

/** The last layers of D, and the least and the greatest number that they give. */
const ends: { readonly [name: string]: { readonly link: Expr; readonly low: number; readonly high: number } } = {
  none: { link: t, low: -Infinity, high: Infinity },
  softplus: { link: softplus(t), low: 0, high: Infinity },
  relu: { link: relu(t), low: 0, high: Infinity },
  tanh: { link: tanh(t), low: -1, high: 1 },
  sigmoid: { link: sigmoid(t), low: 0, high: 1 },
}

const ratios: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, 1 + 1e-12],
  [1, 1 + 1e-15],
  [0.3, 0.1 + 0.2],
  [0.5, 0.50001],
  [1, 3],
  [9, 1],
  [1 / 3, 2 / 3],
  [1, 1e-9],
  [1e-9, 1],
  [1e-20, 1],
  [1, 1e-20],
]

const logOdds = (p: number, q: number): number => Math.log(p / q)
/** Concave in D's value: over a range the best of it is the number of the range that is nearest to the best of all. */
const concave: { readonly [name: string]: readonly [loss: Loss, best: (p: number, q: number) => number] } = {
  minimax: [losses.minimax, logOdds],
  nonSaturating: [losses.nonSaturating, logOdds],
  'least squares': [losses.leastSquares(), (p, q) => p / (p + q)],
  'least squares, turned': [losses.leastSquares({ a: 1, b: 0, c: 0 }), (p, q) => q / (p + q)],
  'smooth labels': [losses.labelSmoothing({ real: 0.9, fake: 0.1 }), (p, q) => Math.log((9 * p + q) / (p + 9 * q))],
}

/** Not concave, but rising up to log(p / q) and falling from there. */
const fGans = {
  kullbackLeibler: losses.kullbackLeibler,
  reverseKullbackLeibler: losses.reverseKullbackLeibler,
  pearson: losses.pearson,
  neyman: losses.neyman,
  squaredHellinger: losses.squaredHellinger,
  jensenShannon: losses.jensenShannon,
  ganDivergence: losses.ganDivergence,
  'alpha 3': losses.alpha(3),
  'alpha 1/2': losses.alpha(0.5),
}

const single = {
  ...concave,
  ...Object.fromEntries(Object.entries(fGans).map(([name, f]) => [name, [f, logOdds] as const])),
}

const replyOf = (loss: Loss, link: Expr) => {
  const range: Range = { text: '', link: link.term }
  return optimalDiscriminator(pointwiseGameOfLoss(loss).discriminator, range)
}

describe.each(Object.entries(ends))('D that ends in %s', (_, { link, low, high }) => {
  test.each(Object.entries(single))('has one best value under %s, whatever the ratio', (name, [loss, best]) => {
    const reply = replyOf(loss, link)
    for (const [p, q] of ratios) {
      const { optimum } = reply(p, q)
      // An f-GAN may gain without end where one side has no mass.
      if (optimum.type === 'unbounded') {
        expect(p * q, name).toBe(0)
        continue
      }
      const expected = Math.min(Math.max(best(p, q), low), high)
      const value = Number.isFinite(expected) ? expect.closeTo(expected, 9) : expected
      expect(optimum, `${name} at ${p} : ${q}`).toEqual({ type: 'unique', value })
    }
  })

  test('has many equally good ones under losses of straight pieces, where p = q, and else one', () => {
    const { hinge, totalVariation } = losses
    for (const loss of [hinge, totalVariation])
      for (const [p, q] of ratios.filter(([p, q]) => p * q > 0)) {
        const isEven = Math.abs(p - q) <= 1e-14
        expect(replyOf(loss, link)(p, q).optimum.type, `${p} : ${q}`).toBe(isEven ? 'set' : 'unique')
      }
  })
})

test('a plateau that ends smoothly is a set, one that never comes is not', () => {
  const smooth = { a: sub(0, square(relu(sub(1, t)))).term, b: sub(0, square(relu(sub(t, -1)))).term }
  expect(optimalDiscriminator(smooth)(1, 0).optimum).toEqual({ type: 'set', low: expect.closeTo(1, 6), high: Infinity })
  const saturating = { a: tanh(t).term, b: sub(0, tanh(t)).term }
  expect(optimalDiscriminator(saturating)(2, 1).optimum).toEqual({ type: 'unique', value: Infinity })
})
