import fc from 'fast-check'
import * as E from '#fp-ts/Either'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { showError } from '../../src/errors/failure.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import type { PointwiseGame } from '../../src/theory/criterion.ts'
import type { Distribution } from '../../src/theory/distribution.ts'
import { adversarialPairs, pointwiseGameOf } from '../../src/theory/pointwiseGames.ts'
import { discriminator, generator, rest } from '../types/ring.ts'

export const ganOf = (loss: Loss): GameSpec => gan({ ...rest, generator, discriminator, loss })

/** The one duel of a game, which must have the form that decides D's best reply point by point. */
export const pointwiseGameIn = (game: GameSpec): PointwiseGame => {
  const [pairing] = adversarialPairs(game)
  if (pairing === undefined) throw new Error('no adversaries')
  const pointwiseGame = pointwiseGameOf(game, pairing)
  if (E.isLeft(pointwiseGame)) throw new Error(showError(pointwiseGame.left))
  return pointwiseGame.right
}

export const pointwiseGameOfLoss = (loss: Loss): PointwiseGame => pointwiseGameIn(ganOf(loss))

const normalised = (weights: readonly number[]): Distribution => {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

const weights = (size: number, least: number): fc.Arbitrary<Distribution> =>
  fc.array(fc.double({ min: least, max: 1, noNaN: true }), { minLength: size, maxLength: size }).map(normalised)

/** So many positive distributions over the same few points. */
export const distributions = (count: number): fc.Arbitrary<readonly Distribution[]> =>
  fc.integer({ min: 2, max: 5 }).chain((size) => fc.tuple(...Array.from({ length: count }, () => weights(size, 0.01))))

/** Two of them, each point left out of either now and then. */
export const partial: fc.Arbitrary<readonly [Distribution, Distribution]> = fc
  .integer({ min: 2, max: 5 })
  .chain((size) => {
    const sparse = fc
      .array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })), {
        minLength: size,
        maxLength: size,
      })
      .filter((each) => each.some((weight) => weight > 0))
      .map(normalised)
    return fc.tuple(sparse, sparse)
  })

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** What differs from its mean under q: only differences of pulls move a distribution. */
export const centred = (pulls: readonly number[], q: Distribution): readonly number[] => {
  const mean = sum(pulls.map((pull, i) => pull * (q[i] ?? 0)))
  return pulls.map((pull) => pull - mean)
}
