import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { jensenShannon, kullbackLeibler } from '../../src/algebra/divergence.ts'
import { evaluateTerm } from '../../src/algebra/evaluateTerm.ts'
import type { PlayerSpec } from '../../src/dsl/objectives/playerSpec.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { showError } from '../../src/errors/failure.ts'
import { at } from '../../src/ir/present.ts'
import * as losses from '../../src/losses/losses.ts'
import type { LossTheory } from '../../src/losses/lossTheory.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { criticOf } from '../../src/theory/critic.ts'
import { type FiniteGame, finiteGame } from '../../src/theory/finiteGame.ts'
import { noTheory } from '../../src/theory/noTheory.ts'
import { centred, distributions, ganOf, sum } from './pointwiseGames.ts'

const two = distributions(2).map(([p = [], q = []]) => ({ p, q }))
type Relativistic = Extract<keyof typeof losses, `relativistic${string}`>
const theoryOf = (name: Relativistic): LossTheory => {
  const theory = losses[name].theory()
  if (theory === undefined) throw new Error(name)
  return theory
}

/** What each player makes great, on finite distributions. */
const gameOf = (loss: Loss): { readonly [player in 'discriminator' | 'generator']: FiniteGame } => {
  const { players }: GameSpec = ganOf(loss)
  const solve = (player: PlayerSpec | undefined): FiniteGame => {
    const found =
      player === undefined
        ? E.left(noTheory('no such player'))
        : E.flatMap((critic: Parameters<typeof finiteGame>[0]) =>
            finiteGame(critic, player.objective, player.goal === 'maximise' ? 1 : -1),
          )(criticOf(players.discriminator?.objective ?? player.objective, 'D', undefined))
    if (E.isLeft(found)) throw new Error(showError(found.left))
    return found.right
  }
  return { discriminator: solve(players.discriminator), generator: solve(players.generator) }
}

const shifted = (values: readonly number[]): readonly number[] => values.map((value) => value - at(values, 0))
const expectClose = (found: readonly number[], expected: readonly number[], digits: number) =>
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(at(expected, i), digits)
  })

describe('D* by its formula, up to a constant, and the value of it', () => {
  for (const name of ['relativistic', 'relativisticLeastSquares', 'relativisticAverageLeastSquares'] as const) {
    const { optimum, value, equilibrium } = theoryOf(name)
    const { discriminator } = gameOf(losses[name])
    if (optimum.type !== 'relative') throw new Error(name)
    const formula = (p: readonly number[], q: readonly number[]) =>
      evaluateTerm(optimum.output.term, { p, q }).map((each) => each * (optimum.factor?.of(p, q) ?? 1))

    test(`${name}: no change of D's values makes it better`, () => {
      fc.assert(
        fc.property(two, ({ p, q }) => {
          const found = discriminator.value(formula(p, q), p, q)
          expectClose(
            found.byTable,
            p.map(() => 0),
            10,
          )
          expect(found.value).toBeCloseTo(value.of?.(p, q) ?? Number.NaN, 10)
        }),
        { numRuns: 20 },
      )
    })

    test(`${name}: Newton's method finds the same`, () => {
      fc.assert(
        fc.property(two, ({ p, q }) => {
          const best = discriminator.best(p, q)
          expect(best.type).toBe('top')
          if (best.type === 'top') expectClose(shifted(best.table), shifted(formula(p, q)), 4)
        }),
        { numRuns: 5 },
      )
    })

    test(`${name}: at equilibrium`, () => {
      fc.assert(
        fc.property(distributions(1), ([p = []]) => {
          expect(discriminator.value(formula(p, p), p, p).value).toBeCloseTo(equilibrium.value ?? Number.NaN, 10)
        }),
        { numRuns: 5 },
      )
    })
  }
})

describe('without a formula: less its value at equilibrium it is a divergence', () => {
  for (const name of ['relativisticHinge', 'relativisticAverage', 'relativisticAverageHinge'] as const) {
    const { equilibrium } = theoryOf(name)
    const { discriminator } = gameOf(losses[name])
    const least = equilibrium.value ?? Number.NaN
    const scores = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 })

    test(`${name}: at p_g = p_data no D does better than a constant one`, () => {
      fc.assert(
        fc.property(distributions(1), scores, ([p = []], table) => {
          expect(
            discriminator.value(
              p.map(() => 0.7),
              p,
              p,
            ).value,
          ).toBeCloseTo(least, 12)
          expect(discriminator.value(table.slice(0, p.length), p, p).value).toBeLessThanOrEqual(least + 1e-12)
        }),
        { numRuns: 20 },
      )
    })

    test(`${name}: elsewhere some D does, and none is better than 0`, () => {
      fc.assert(
        fc.property(two, scores, ({ p, q }, table) => {
          const gap = Math.max(...p.map((each, i) => Math.abs(each - at(q, i))))
          fc.pre(gap > 0.01)
          const towards = p.map((each, i) => (0.1 * (each - at(q, i))) / (each + at(q, i)))
          expect(discriminator.value(towards, p, q).value).toBeGreaterThan(least)
          expect(discriminator.value(table.slice(0, p.length), p, q).value).toBeLessThanOrEqual(0)
        }),
        { numRuns: 20 },
      )
    })
  }
})

describe('RpGAN’s generator, with D* held fixed', () => {
  const pairs = (p: readonly number[], q: readonly number[]) => p.flatMap((each) => q.map((other) => each * other))

  test('follows KL(p_g, p_data) - JSD of pairs in either order', () => {
    const { generator } = gameOf(losses.relativistic)
    fc.assert(
      fc.property(two, ({ p, q }) => {
        const scores = p.map((each, i) => Math.log(each / at(q, i)))
        const pull = generator.value(scores, p, q).byGenerated.map((each) => -each)
        const claim = (r: readonly number[]) => kullbackLeibler(r, p) - jensenShannon(pairs(p, r), pairs(r, p))
        const slopes = q.map((_, i) => {
          const moved = (by: number) => claim(q.map((each, k) => (k === i ? each + by : each)))
          return (moved(1e-6) - moved(-1e-6)) / 2e-6
        })
        expectClose(centred(pull, q), centred(slopes, q), 6)
        expect(sum(pull.map((each, i) => each * at(q, i)))).toBeGreaterThan(0)
      }),
      { numRuns: 20 },
    )
  })
})
