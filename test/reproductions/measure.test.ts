import { expect, it } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { mul } from '../../src/dsl/terms/elementwise.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { measure } from '../../src/reproductions/measure.ts'
import type { Evaluation } from '../../src/reproductions/protocol.ts'
import { train } from '../../src/run/train.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { rightOf } from '../data/files.ts'

const pixels = 28 * 28
/** Two images whose channels are of one brightness each: 1, 2, 3 and 1, 2, 7. */
const images = [
  [1, 2, 3],
  [1, 2, 7],
].flatMap((channels) => Array.from({ length: pixels }, () => channels).flat())

const stacks = source('stacks', tensor({ shape: [28, 28, 3], values: images }))
const modes = source('modes', ring({ modes: 8, radius: 1, std: 0.01 }))
const theta = network('theta', parameter([], init.constant(3)))

/** After one step of rate 1 on 2 theta it is 1. */
const trained = () =>
  rightOf(
    train(
      game({
        networks: { theta },
        sources: { stacks, modes },
        players: { one: minimise(mul(2, theta()), 'theta') },
        dynamics: simultaneous,
        optimizers: { one: sgd({ lr: 1 }) },
        batch: 2,
        steps: 1,
        seed: 1,
      }),
      { backend: 'reference' },
    ),
  )

it('asks a trained game for the means of terms over batches', async () => {
  const share = E(mul(theta(), noise('uniform', [], 'share'))).term
  const evaluation: Evaluation = { type: 'terms', terms: { theta: theta().term, share }, batches: 2000 }
  const found = await rightOf(measure(evaluation, await trained(), undefined))
  expect(found.theta).toBe(1)
  expect(found.share).toBeCloseTo(0.5, 1)
})

it('counts the modes of what is generated: of the data itself all', async () => {
  const evaluation: Evaluation = { type: 'modes', source: 'modes', generated: sample(modes).term, samples: 2500 }
  const found = await rightOf(measure(evaluation, await trained(), undefined))
  expect(found.modes).toBe(8)
  // A normal distribution of the plane has exp(-9 / 2) beyond 3 standard deviations.
  expect(found.highQuality).toBeCloseTo(1 - Math.exp(-4.5), 2)
  expect(found.reverseKl).toBeLessThan(0.01)
})

it('counts triples of what a judge sees in the three channels', async () => {
  const judge = {
    accuracy: 0.99,
    classify: (seen: Float32Array, count: number) =>
      TE.right(Array.from({ length: count }, (_, i) => seen[i * pixels + (i % pixels)] ?? Number.NaN)),
    dispose: () => {},
  }
  const evaluation: Evaluation = {
    type: 'stacked',
    generated: sample(stacks).term,
    samples: 6,
    classifier: { game: (await trained()).compiled.game, network: 'theta', input: 'x', test: modes.source },
  }
  const found = await rightOf(measure(evaluation, await trained(), judge))
  expect(found).toMatchObject({ modes: 2, accuracy: 0.99 })
  expect(found.kl).toBeCloseTo(Math.log(1000 / 2), 10)
})
