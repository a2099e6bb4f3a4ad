import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { fileError } from '../../src/errors/fileError.ts'
import { type NotFinite, notFinite } from '../../src/errors/notFinite.ts'
import { createCheckpointKeeper } from '../../src/run/checkpointKeeper.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import type { Recorder } from '../../src/run/recorder.ts'
import { leftOf, rightOf } from '../data/files.ts'

const full = fileError('run/a', 'the disk is full, or the quota is used up', 'Free space, then resume.')
const samples = { shape: [2], count: 1, values: Float32Array.of(1, 2) }

/** A keeper over a run that stands at `at.step`, and what it did, in order. */
const keeping = (changes: { readonly disk?: 'full'; readonly state?: NotFinite; readonly recorder?: 'none' } = {}) => {
  const at = { step: 7, time: 0 }
  const did: string[] = []
  const write = (what: string) => (step: number) => async () => {
    did.push(`${what} ${step}`)
    return changes.disk === 'full' && what === 'checkpoint' ? E.left(full) : E.right(`run/${what}-${step}`)
  }
  const recorder: Recorder = {
    costs: () => TE.right(undefined),
    samples: write('samples'),
    checkpoint: write('checkpoint'),
  }
  const events: TrainEvent[] = []
  const keeper = createCheckpointKeeper({
    session: {
      step: () => at.step,
      read: () => (changes.state === undefined ? TE.right({}) : TE.left(changes.state)),
    },
    checkpointSampler: { take: TE.right(samples) },
    recorder: changes.recorder === 'none' ? undefined : recorder,
    onEvent: (event) => events.push(event),
    from: { step: 3, path: 'run/checkpoint-3' },
    now: () => at.time,
  })
  return { at, did, events, keeper }
}

test('samples come first, the checkpoint last, and each is told once it is kept', async () => {
  const { at, did, events, keeper } = keeping()
  expect([keeper.saved()?.step, keeper.isKept()]).toEqual([3, false])
  at.time = 5000
  expect(keeper.secondsSince()).toBe(5)
  await rightOf(keeper.save(true))
  expect(did).toEqual(['samples 7', 'checkpoint 7'])
  expect(events).toEqual([
    { type: 'samples', step: 7, path: 'run/samples-7' },
    { type: 'checkpoint', step: 7, path: 'run/checkpoint-7' },
  ])
  expect([keeper.saved(), keeper.isKept(), keeper.secondsSince()]).toEqual([
    { step: 7, path: 'run/checkpoint-7' },
    true,
    0,
  ])
  at.step = 8
  expect(keeper.isKept()).toBe(false)
  await rightOf(keeper.save(false))
  expect(did).toEqual(['samples 7', 'checkpoint 7', 'checkpoint 8'])
})

test('a full disk leaves the checkpoint before the last one that is known', async () => {
  const { at, events, keeper } = keeping({ disk: 'full' })
  at.time = 9000
  expect(await leftOf(keeper.save(true))).toEqual(full)
  expect([keeper.saved()?.step, keeper.isKept(), keeper.secondsSince()]).toEqual([3, false, 9])
  expect(events.map(({ type }) => type)).toEqual(['samples'])
})

test('of a state that is not finite nothing is kept, samples neither', async () => {
  const { did, keeper } = keeping({ state: notFinite(5, 'D', 'log(D(x))', Number.NaN) })
  expect(await leftOf(keeper.save(true))).toMatchObject({ type: 'NotFinite', step: 5 })
  expect([did, keeper.saved()?.step]).toEqual([[], 3])
})

test('without a recorder all is as good as kept', async () => {
  const { did, keeper } = keeping({ recorder: 'none' })
  expect(keeper.isKept()).toBe(true)
  await rightOf(keeper.save(true))
  expect(did).toEqual([])
})
