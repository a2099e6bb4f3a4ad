import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
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
  ops,
  pipe,
  ring,
  sample,
  sgd,
  sigmoid,
  simultaneous,
  source,
  sub,
  truncation,
} from '../../src/index.ts'
import type { Inputs } from '../../src/run/givenInputs.ts'
import { prepare } from '../../src/run/prepare.ts'
import { createSampler, type SampleRequest, type Samples, sampleQuery } from '../../src/run/sampler.ts'
import { train } from '../../src/run/train.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { left, right, rightOf } from '../data/files.ts'
import { conditional } from './conditional.ts'
import { smallRing } from './ring.ts'

const samplesOf = async (spec: GameSpec, count: number, request: SampleRequest = {}) => {
  const prepared = await rightOf(prepare(spec, { backend: 'reference' }))
  const { state } = await rightOf(train({ ...spec, steps: 0 }, { backend: 'reference' }))
  const store = await rightOf(prepared.backend.store(state))
  const sampler = await rightOf(
    createSampler(right(sampleQuery(prepared.compiled, request)), store, prepared.drawSource),
  )
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

test('a class and its one-hot vector are one input', async () => {
  const chosen = await samplesOf(conditional(), 10, { inputs: { label: [1] } })
  expect(await samplesOf(conditional(), 10, { inputs: { label: [0, 1, 0] } })).toEqual(chosen)
  expect(await samplesOf(conditional(), 10, { inputs: { label: [2] } })).not.toEqual(chosen)
})

/** Row i of some samples. */
const row = ({ shape: [width = 0], values }: Samples, i: number) => [...values.subarray(i * width, (i + 1) * width)]

test('a number is a class, of however many there are, and one that is not there is refused', async () => {
  for (const modes of [1, 2, 5]) {
    const spec = conditional(modes)
    const { compiled } = await rightOf(prepare(spec))
    const all = right(sampleQuery(compiled, { inputs: { label: 'all' } })).given['given/label']
    for (let label = 0; label < modes; label++)
      expect(right(sampleQuery(compiled, { inputs: { label: [label] } })).given['given/label']).toEqual([all?.[label]])
    const classes = modes === 1 ? 'class 0, the only one' : `a class from 0 to ${modes - 1}`
    for (const label of [modes, 5, -1, 0.5])
      expect(left(sampleQuery(compiled, { inputs: { label: [label] } }))).toMatchObject({
        message: `expected ${classes}, found ${label}`,
        hint: `The inputs are x (2 numbers), label (${classes}).`,
      })
  }
  expect(right(sampleQuery(right(compile(conditional(1))), { inputs: { label: [0] } })).given).toEqual({
    'given/label': [[1]],
  })
})

test('all classes come in turn, each with the latent that the sample would have had', async () => {
  const all = await samplesOf(conditional(), 100, { inputs: { label: 'all' } })
  expect(all.turn).toBe(3)
  for (const label of [0, 1, 2]) {
    const chosen = await samplesOf(conditional(), 100, { inputs: { label: [label] } })
    for (let i = label; i < 100; i += 3) expect(row(all, i)).toEqual(row(chosen, i))
  }
})

test('several inputs, and then nothing is drawn', async () => {
  const given = await samplesOf(conditional(), 3, { inputs: { label: [1], x: [0.5, -1] } })
  expect(row(given, 1)).toEqual(row(given, 0))
  const other = await samplesOf(conditional(), 3, { inputs: { x: [0.5, -2], label: [1] } })
  expect(row(other, 0)).not.toEqual(row(given, 0))
})

/** A generator behind a network that makes a style of the latent and the label, and truncates it where that is asked for. */
const styled = (psi?: number): GameSpec => {
  const D = network('D', pipe(input([2]), dense(1), sigmoid))
  const M = network(
    'M',
    pipe(concat(input([2]), input([3], 'label')), dense(4), truncation(psi === undefined ? {} : { psi })),
  )
  const G = network('G', pipe(input([4]), dense(2)))
  const data = source('data', ring({ modes: 3, radius: 1, std: 0.1, labels: true }))
  const latent = source('latent', normal([2]))
  const { x, label } = sample(data)
  const V = add(E(log(D(x))), E(log(sub(1, D(G(M({ x: sample(latent), label })))))))
  return game({
    networks: { D, M, G },
    sources: { data, latent },
    players: { D: maximise(V, 'D'), G: minimise(V, 'M', 'G') },
    dynamics: simultaneous,
    optimizers: { D: sgd({ lr: 0.1 }), G: sgd({ lr: 0.1 }) },
    batch: 8,
    steps: 1,
    seed: 1,
  })
}

test('an input of a network before the generator is one of its own', async () => {
  const chosen = await samplesOf(styled(), 10, { inputs: { label: [1] } })
  expect(await samplesOf(styled(), 10, { inputs: { label: [0, 1, 0] } })).toEqual(chosen)
  expect(await samplesOf(styled(), 10, { inputs: { label: [2] } })).not.toEqual(chosen)
  const { compiled } = await rightOf(prepare(styled()))
  expect(left(sampleQuery(compiled, { inputs: { z: [1] } }))).toMatchObject({
    message: 'G has no such input',
    hint: 'The inputs are x (4 numbers), label (a class from 0 to 2).',
  })
})

test('an input that does not exist or fit is refused', async () => {
  const { compiled } = await rightOf(prepare(conditional()))
  const wrong = (inputs: Inputs) => left(sampleQuery(compiled, { inputs }))
  const hint = 'The inputs are x (2 numbers), label (a class from 0 to 2).'
  expect(wrong({ color: [1] })).toMatchObject({
    place: { type: 'input', name: 'color' },
    message: 'G has no such input',
    hint,
  })
  expect(wrong({ label: [3] })).toMatchObject({ message: 'expected a class from 0 to 2, found 3', hint })
  expect(wrong({ label: [0.5] })).toMatchObject({ message: 'expected a class from 0 to 2, found 0.5' })
  expect(wrong({ label: [1, 0] })).toMatchObject({ message: 'expected 3 numbers for shape [3], found 2' })
  expect(wrong({ x: [1] })).toMatchObject({ message: 'expected 2 numbers for shape [2], found 1' })
  expect(wrong({ x: 'all' })).toMatchObject({ message: 'expected 2 numbers for shape [2], found all' })
})

describe('a game that says what its samples are', () => {
  const { x, label } = sample(source('data', ring({ modes: 3, radius: 1, std: 0.1, labels: true })))
  const G = network('G', pipe(concat(input([2]), input([3], 'label')), dense(2)))
  const made = G({ x, label })
  const D = network('D', pipe(input([2]), dense(1), sigmoid))
  const V = add(E(log(D(x))), E(log(sub(1, D(made)))))
  const translation = game({
    networks: { D, G },
    sources: { data: source('data', ring({ modes: 3, radius: 1, std: 0.1, labels: true })) },
    players: { D: maximise(V, 'D'), G: minimise(V, 'G') },
    dynamics: simultaneous,
    optimizers: { D: sgd({ lr: 0.1 }), G: sgd({ lr: 0.1 }) },
    samples: ops.concat([x, made], 0),
    batch: 8,
    steps: 1,
    seed: 1,
  })
  const { samples: _, ...unsaid } = translation

  test('is sampled so: what was drawn stands beside what was made of it', async () => {
    const both = await samplesOf(translation, 20)
    expect(both.shape).toEqual([4])
    const alone = await samplesOf({ ...translation, samples: made.term }, 20)
    const drawn = await samplesOf({ ...translation, samples: x.term }, 20)
    for (let i = 0; i < 20; i++) expect(row(both, i)).toEqual([...row(drawn, i), ...row(alone, i)])
    expect(drawn).not.toEqual(alone)
  })

  test('is sampled with given inputs', async () => {
    const chosen = await samplesOf(translation, 10, { inputs: { x: [0, 0], label: [1] } })
    expect(row(chosen, 0).slice(0, 2)).not.toEqual(row(chosen, 1).slice(0, 2))
    expect(row(chosen, 0).slice(2)).toEqual(row(chosen, 1).slice(2))
    const { compiled } = await rightOf(prepare(translation))
    expect(left(sampleQuery(compiled, { inputs: { z: [1] } }))).toMatchObject({
      message: 'what makes the samples has no such input',
    })
  })

  test('is data, and without saying so has no generator where data are translated', async () => {
    expect(right(decode(JSON.parse(JSON.stringify(encode(translation)))))).toEqual(translation)
    const { compiled } = await rightOf(prepare(unsaid))
    expect(left(sampleQuery(compiled))).toMatchObject({
      hint: 'Set `samples` in the game to say what its samples are.',
    })
  })
})

describe('truncation', () => {
  test('is of the latent: samples as the game makes them of a latent nearer to 0', async () => {
    const inputs = { label: [1] }
    const [near, nearer] = await Promise.all(
      [1, 1e-6].map((truncation) => samplesOf(conditional(), 100, { inputs, truncation })),
    )
    const middle = await samplesOf(conditional(), 100, { inputs: { ...inputs, x: [0, 0] } })
    for (const [i, value] of middle.values.entries()) expect(nearer?.values[i]).toBeCloseTo(value, 5)
    expect(near).not.toEqual(await samplesOf(conditional(), 100, { inputs }))
    const wide = await samplesOf(conditional(), 100, { inputs, truncation: 8 })
    expect(wide).toEqual(await samplesOf(conditional(), 100, { inputs }))
  })

  test('is psi where the generator has a layer for it: samples as the game with that psi makes them', async () => {
    const plain = await samplesOf(styled(), 100)
    for (const psi of [0.3, 1, 1.5]) {
      const truncated = await samplesOf(styled(), 100, { truncation: psi })
      expect(truncated).toEqual(await samplesOf(styled(psi), 100))
      if (psi === 1) expect(truncated).toEqual(plain)
      else expect(truncated).not.toEqual(plain)
    }
    const { compiled } = await rightOf(prepare(styled()))
    expect(left(sampleQuery(compiled, { truncation: 0 }))).toMatchObject({
      place: { type: 'option', name: 'truncation' },
    })
  })

  test('is refused where no normal latent is drawn, or the threshold is no number above 0', async () => {
    const { compiled } = await rightOf(prepare(conditional()))
    expect(left(sampleQuery(compiled, { inputs: { x: [0, 0] }, truncation: 1 }))).toMatchObject({
      place: { type: 'option', name: 'truncation' },
      message: 'the generator draws no normal latent, and no other can be truncated',
    })
    for (const truncation of [0, -1, Number.NaN])
      expect(left(sampleQuery(compiled, { truncation }))).toMatchObject({
        place: { type: 'option', name: 'truncation' },
      })
  })
})
