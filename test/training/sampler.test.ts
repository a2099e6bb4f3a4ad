import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GameSpec } from '../../src/dsl/spec.ts'
import {
  add,
  concat,
  dense,
  E,
  game,
  input,
  log,
  maximise,
  minimise,
  network,
  normal,
  pipe,
  ring,
  sample,
  sgd,
  sigmoid,
  simultaneous,
  source,
  sub,
} from '../../src/index.ts'
import { prepare } from '../../src/training/prepare.ts'
import { createSampler, type Inputs, sampleQuery } from '../../src/training/sampler.ts'
import { train } from '../../src/training/train.ts'
import { left, right, rightOf } from '../data/files.ts'
import { smallRing } from './ring.ts'

const samplesOf = async (spec: GameSpec, count: number, inputs: Inputs = {}) => {
  const prepared = await rightOf(prepare(spec, { backend: 'reference' }))
  const { state } = await rightOf(train({ ...spec, steps: 0 }, { backend: 'reference' }))
  const store = await rightOf(prepared.backend.store(state))
  const sampler = await rightOf(createSampler(right(sampleQuery(prepared.compiled, inputs)), store, prepared.feeder))
  return rightOf(sampler.take(count))
}

test('fewer samples are the first of more', async () => {
  const many = await samplesOf(smallRing, 150)
  expect(many).toMatchObject({ shape: [2], count: 150 })
  expect(new Set(many.values).size).toBeGreaterThan(100)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 150 }), async (count) => {
      expect((await samplesOf(smallRing, count)).values).toEqual(many.values.subarray(0, 2 * count))
    }),
    { numRuns: 10 },
  )
})

/** A generator and a discriminator that are told the mode. */
const conditional = (): GameSpec => {
  const D = network('D', pipe(concat(input([2]), input([3], 'label')), dense(1), sigmoid))
  const G = network('G', pipe(concat(input([2]), input([3], 'label')), dense(2)))
  const data = source('data', ring({ modes: 3, radius: 1, std: 0.1, labels: true }))
  const latent = source('latent', normal([2]))
  const { x, label } = sample(data)
  const fake = G({ x: sample(latent), label })
  const V = add(E(log(D({ x, label }))), E(log(sub(1, D({ x: fake, label })))))
  return game({
    networks: { D, G },
    sources: { data, latent },
    players: { D: maximise(V, 'D'), G: minimise(V, 'G') },
    dynamics: simultaneous,
    optimizers: { D: sgd({ lr: 0.1 }), G: sgd({ lr: 0.1 }) },
    batch: 8,
    steps: 1,
    seed: 1,
  })
}

test('a class and its one-hot vector are one input', async () => {
  const chosen = await samplesOf(conditional(), 10, { label: [1] })
  expect(await samplesOf(conditional(), 10, { label: [0, 1, 0] })).toEqual(chosen)
  expect(await samplesOf(conditional(), 10, { label: [2] })).not.toEqual(chosen)
})

test('an input that does not exist or fit is refused', async () => {
  const { compiled } = await rightOf(prepare(conditional()))
  expect(left(sampleQuery(compiled, { color: [1] }))).toMatchObject({ hint: 'Its inputs are x, label.' })
  expect(left(sampleQuery(compiled, { label: [3] }))).toMatchObject({
    message: 'expected 3 numbers for shape [3], found 1',
  })
})
