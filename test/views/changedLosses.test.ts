import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import type { Compiled } from '../../src/compile/compile.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import * as losses from '../../src/losses/losses.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { gan } from '../../src/spec/gan.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { topK } from '../../src/views/topK.ts'
import { compiled, only, played, someDraws, someState } from '../compile/playing.ts'

const batch = 8
/** G moves nothing, so that samples are latents. */
const gameOf = (loss: Loss, outputs = 1) =>
  compiled(
    gan({
      generator: pipe(input([2]), dense(2, { bias: false })),
      discriminator: pipe(input([2]), dense(6), tanh, dense(outputs)),
      latent: normal([2]),
      data: normal([2]),
      loss,
      // Each pays for the other as it was before the step.
      dynamics: simultaneous,
      optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
      batch,
      steps: 1,
      seed: 1,
    }),
  )
const same = { 'G/1.dense/kernel': Float64Array.of(1, 0, 0, 1) }
/** On a grid: what is not equal is not near either. */
const points = fc
  .array(fc.integer({ min: -16, max: 16 }), { minLength: 2 * batch, maxLength: 2 * batch })
  .map((values) => values.map((value) => value / 8))

/** What each player pays, and its new parameters. */
const paid = (game: Compiled, data: readonly number[], latent: readonly number[], flips: readonly number[] = []) => {
  const draws = Object.fromEntries(
    Object.entries(someDraws(game.step)).map(([name, values]) => {
      if (name.endsWith('data.x')) return [name, Float64Array.from(data)]
      if (name.endsWith('latent.x')) return [name, Float64Array.from(latent)]
      if (name.endsWith('interpolation')) return [name, values.map((_, i) => i / batch)]
      return [name, name.endsWith('flip') ? Float64Array.from(flips) : values]
    }),
  )
  return played(game, { ...someState(game), ...same }, draws)
}
const changedBy = (change: (loss: Loss) => Loss) =>
  [losses.nonSaturating, losses.hinge, losses.relativistic, losses.leastSquares()].map((loss) => ({
    loss,
    plain: gameOf(loss),
    changed: gameOf(change(loss)),
  }))

const reconstruction = losses.energyBased({ margin: 2, energy: 'reconstruction' })
/** Losses that read samples beside D: as what D is to give back, and as what lies between them. */
const flippedBesideD = (flip: (loss: Loss) => Loss) =>
  [
    { loss: losses.wassersteinDivergence(), outputs: 1 },
    { loss: reconstruction, outputs: 2 },
  ].map(({ loss, outputs }) => ({ loss, plain: gameOf(loss, outputs), changed: gameOf(flip(loss), outputs) }))

describe('flipped labels', () => {
  test('are real and generated samples that change places, and the generator’s cost is as it was', () => {
    const flip = flipLabels({ probability: 0.4 })
    const games = [...changedBy(flip), ...flippedBesideD(flip)]
    const chances = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: batch, maxLength: batch })
    fc.assert(
      fc.property(
        fc.constantFrom(...games),
        points,
        points,
        chances,
        ({ loss, plain, changed }, data, latent, flips) => {
          const exchanged = (of: readonly number[], other: readonly number[]) =>
            of.map((value, i) => (0.4 > (flips[Math.floor(i / 2)] ?? 0) ? (other[i] ?? value) : value))
          const found = paid(changed, data, latent, flips)
          const expected = paid(plain, exchanged(data, latent), exchanged(latent, data))
          expect(only(found.metrics.discriminator)).toBeCloseTo(only(expected.metrics.discriminator), 12)
          expect(flip(loss).generator).toEqual(loss.generator)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('top-k', () => {
  test('of the whole batch is the loss itself', () => {
    const games = changedBy(topK({ fraction: 1 }))
    fc.assert(
      fc.property(fc.constantFrom(...games), points, points, ({ plain, changed }, data, latent) => {
        const [all, whole] = [paid(changed, data, latent), paid(plain, data, latent)]
        expect(only(all.metrics.generator)).toBeCloseTo(only(whole.metrics.generator), 12)
        expect(only(all.metrics.discriminator)).toBe(only(whole.metrics.discriminator))
      }),
      { numRuns: 20 },
    )
  })

  test('is the mean over those that D ranks highest, as many as the fraction is, rounded up, and those that are as good', () => {
    const critic = gameOf(losses.wasserstein)
    const ranked = [0.1, 0.3, 0.5, 0.9].map((fraction) => ({
      fraction,
      game: gameOf(topK({ fraction })(losses.wasserstein)),
    }))
    fc.assert(
      fc.property(points, points, fc.constantFrom(...ranked), (data, latent, { fraction, game }) => {
        // The Wasserstein generator pays minus D's mean: of the best k alone, minus the mean of the k largest.
        const costs = Array.from({ length: batch }, (_, i) => {
          const one = Array.from({ length: batch }, () => latent.slice(2 * i, 2 * i + 2)).flat()
          return only(paid(critic, data, one).metrics.generator)
        })
        const best = costs.filter((cost) => costs.filter((other) => other < cost).length < fraction * batch)
        const { metrics } = paid(game, data, latent)
        expect(only(metrics.generator)).toBeCloseTo(best.reduce((sum, cost) => sum + cost, 0) / best.length, 12)
      }),
      { numRuns: 10 },
    )
  })
})
