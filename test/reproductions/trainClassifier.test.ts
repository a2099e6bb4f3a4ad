import { expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Rows } from '../../src/data/datasets.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { softmax } from '../../src/dsl/layers/softmax.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { log, mul, neg } from '../../src/dsl/terms/elementwise.ts'
import { E, sum } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { dataError } from '../../src/errors/dataError.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { trainClassifier } from '../../src/reproductions/trainClassifier.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { leftOf, rightOf } from '../data/files.ts'

/** Points left and right of the second axis. */
const points = tensor({ shape: [2], values: [-1, 0, -2, 1, 1, 0, 2, 1], labels: [0, 0, 1, 1], classes: 2 })
const C = network('C', pipe(input([2]), dense(2), softmax))
const data = source('points', points)
const { x, label } = sample(data)

const classifier = {
  game: game({
    networks: { C },
    sources: { points: data },
    players: { classifier: minimise(neg(E(sum(mul(label, log(C(x)))))), 'C') },
    dynamics: simultaneous,
    optimizers: { classifier: adam({ lr: 0.1 }) },
    batch: 4,
    steps: 60,
    seed: 1,
  }),
  network: 'C',
  input: 'x',
  test: points,
}

/** The last is labelled wrong. */
const rows: Rows = {
  count: 4,
  fields: { x: Float32Array.of(-3, 1, 3, 1, -2, 2, 2, 2), label: Float32Array.of(1, 0, 0, 1, 1, 0, 1, 0) },
}

it('learns to tell classes apart, and says how often it is right on what it has not seen', async () => {
  const judge = await rightOf(trainClassifier(classifier, { backend: 'reference', openFiles: () => TE.right(rows) }))
  expect(judge.accuracy).toBe(3 / 4)
  const many = Float32Array.from({ length: 2 * 2500 }, (_, i) => (i % 4 === 0 ? -2 : i % 4 === 2 ? 2 : 1))
  expect(await rightOf(judge.classify(many, 2500))).toEqual(Array.from({ length: 2500 }, (_, i) => i % 2))
  judge.dispose()
})

it('says why its test set cannot be read', async () => {
  const error = dataError('a', 'b', 'c')
  expect(await leftOf(trainClassifier(classifier, { backend: 'reference', openFiles: () => TE.left(error) }))).toEqual(
    error,
  )
})
