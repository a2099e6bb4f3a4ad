import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import { showError } from '../../src/errors/failure.ts'
import { add, game, init, log, minimise, mul, network, parameter, sgd, simultaneous, tensor } from '../../src/index.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { initialState } from '../../src/run/initialState.ts'
import { prepare } from '../../src/run/prepare.ts'
import { createRandom } from '../../src/run/random/random.ts'
import type { Recorder } from '../../src/run/recorder.ts'
import { createSession } from '../../src/run/session.ts'
import { play, train } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { leftOf, rightOf } from '../data/files.ts'
import { smallRing } from './ring.ts'

const steps = 40
const short: GameSpec = { ...smallRing, steps }

/** Keeps in memory what it is given. */
const memory = () => {
  const kept: { costs: [number, number][]; samples: number[]; checkpoints: number[] } = {
    costs: [],
    samples: [],
    checkpoints: [],
  }
  const keep = (steps: number[], what: string) => (step: number) =>
    TE.fromIO(() => {
      steps.push(step)
      return `${what} ${step}`
    })
  const recorder: Recorder = {
    costs: (first, costs) => TE.fromIO(() => void kept.costs.push([first, costs.discriminator?.length ?? 0])),
    samples: keep(kept.samples, 'samples'),
    checkpoint: keep(kept.checkpoints, 'checkpoint'),
  }
  return { kept, recorder }
}

test('chunks of any sizes give the same costs and the same state, to the last bit', async () => {
  const prepared = await rightOf(prepare(short))
  const state = initialState(prepared.compiled.state, short.seed, createRandom())
  const played = async (chunks: readonly number[]) => {
    const session = await rightOf(createSession(prepared.compiled, prepared.backend, prepared.drawSource, state, 0))
    const costs: number[] = []
    for (const count of chunks) costs.push(...((await rightOf(session.run(count))).discriminator ?? []))
    const end = await rightOf(session.read())
    session.dispose()
    return { costs, end }
  }
  const single = await played(Array.from({ length: steps }, () => 1))
  expect(single.costs.length).toBe(steps)
  expect(single.costs.every(Number.isFinite)).toBe(true)
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: steps - 1 }), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const ends = [...places.sort((a, b) => a - b), steps]
      expect(await played(ends.map((end, i) => end - (ends[i - 1] ?? 0)))).toEqual(single)
    }),
    { numRuns: 10 },
  )
})

test('a run says what it does, and keeps what it should, once', async () => {
  const events: TrainEvent[] = []
  const { kept, recorder } = memory()
  const trained = await rightOf(train(short, { recorder, saveEvery: 15, onEvent: (event) => events.push(event) }))
  expect(trained).toMatchObject({ step: steps, reason: 'finished' })
  expect(kept.checkpoints).toEqual([0, 15, 30, 40])
  expect(kept.samples).toEqual(kept.checkpoints)
  expect(kept.costs.reduce((at, [first, count]) => (first === at ? at + count : Number.NaN), 0)).toBe(steps)
  expect(events[0]).toMatchObject({ type: 'started', step: 0, steps, parameters: 179, warnings: [] })
  expect(events.at(-1)).toEqual({ type: 'stopped', step: steps, steps, reason: 'finished' })
  const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []))
  expect(progress.at(-1)?.step).toBe(steps)
  expect(Object.keys(progress[0]?.costs ?? {})).toEqual(['discriminator', 'generator'])
})

test.each(['onnx', 'reference'])(
  'on %s a signal ends the run soon, with a checkpoint and no samples of its own',
  async (backend) => {
    const controller = new AbortController()
    const { kept, recorder } = memory()
    const onEvent = ({ type }: TrainEvent) => void (type === 'progress' && setTimeout(() => controller.abort(), 100))
    const trained = await rightOf(
      train({ ...smallRing, steps: 1e9 }, { backend, recorder, signal: controller.signal, onEvent }),
    )
    expect(trained.reason).toBe('interrupted')
    expect(trained.step).toBeGreaterThan(0)
    expect(kept.checkpoints).toEqual([0, trained.step])
    expect(kept.samples).toEqual([0])
  },
)

test('a run that goes on from a state ends where one without a pause does', async () => {
  const prepared = await rightOf(prepare(short))
  const whole = await rightOf(play(prepared))
  const controller = new AbortController()
  const half = await rightOf(
    play(prepared, {
      signal: controller.signal,
      onEvent: (event) => event.type === 'progress' && event.step >= 5 && controller.abort(),
    }),
  )
  expect(half.step).toBeLessThan(steps)
  const rest = await rightOf(play(prepared, { from: { step: half.step, path: '', state: half.state } }))
  expect(rest.state).toEqual(whole.state)
})

test('networks of another run are taken whole; memory starts afresh', async () => {
  const first = await rightOf(train(short))
  const { state } = await rightOf(
    train({ ...short, steps: 0, seed: 2 }, { warmStart: { name: 'a', state: first.state } }),
  )
  const fresh = await rightOf(train({ ...short, steps: 0, seed: 2 }))
  for (const name of Object.keys(state)) {
    const isNetwork = /^[DG]\//.test(name)
    expect(state[name], name).toEqual((isNetwork ? first.state : fresh.state)[name])
  }
})

test('networks that do not fit are refused by name', async () => {
  const other = (state: HostTensors) => leftOf(train(short, { warmStart: { name: 'runs/a', state } }))
  expect(showError(await other({}))).toBe(
    'runs/a: it has none of the networks D, G\n  Networks are matched by name. Name a layer, as(name, layer), to match it at any place, or to let it start anew if the other run lacks it. All other layers must be equal and at the same place.',
  )
  const { state } = await rightOf(train({ ...short, steps: 0 }))
  const wide = { ...state, 'G/1.dense/bias': { shape: [3], values: new Float32Array(3) } }
  expect((await other(wide)) as unknown).toMatchObject({ message: 'expected [16] for G/1.dense/bias, found [3]' })
})

/** A parameter whose logarithm is taken while it falls through 0. */
const falling = (): GameSpec => {
  const w = network('w', parameter([], init.constant(0.35)))
  const cost = add(w(), mul(1e-3, log(w())))
  return game({
    networks: { w },
    sources: {},
    players: { faller: minimise(cost, 'w') },
    dynamics: simultaneous,
    optimizers: { faller: sgd({ lr: 0.1 }) },
    batch: 1,
    steps: 10,
    seed: 1,
  })
}

test('NaN ends a run: step, player and expression are named, and what was saved last is good', async () => {
  const { kept, recorder } = memory()
  const error = await leftOf(train(falling(), { recorder, saveEvery: 3 }))
  expect(showError(error)).toBe(
    [
      'step 4, update of faller: log w (log) became NaN',
      '  Lower a learning rate, or bound the expression.',
      '  The last good checkpoint, of step 3, is checkpoint 3',
    ].join('\n'),
  )
  expect(kept.checkpoints).toEqual([0, 3])
})

test('what a spec lacks is said before anything starts', async () => {
  const error = await leftOf(train({ ...short, batch: 0 }))
  expect(showError(error)).toContain('batch: expected a whole number of at least 1, found 0')
})

test('data that is smaller than a batch, or in files without a reader, is refused', async () => {
  const few = tensor({ shape: [2], values: [1, 2, 3, 4] })
  const error = await leftOf(train({ ...short, sources: { ...short.sources, data: few } }))
  expect(showError(error)).toBe(
    'sources.data: expected at least a batch of 32 samples, found 2\n  Lower batch, or give more data.',
  )
  const file = { type: 'npy', path: 'x.npy', shape: [2] } as const
  expect(await leftOf(train({ ...short, sources: { ...short.sources, data: file } }))).toMatchObject({
    type: 'DataError',
    message: 'only saddlepoint/node can read files',
  })
})

test('a backend that does not exist is refused by name', async () => {
  expect(showError(await leftOf(train(short, { backend: 'abacus' })))).toContain('backend abacus: ')
})
