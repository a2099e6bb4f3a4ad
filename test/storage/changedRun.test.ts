import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { linear } from '../../src/dsl/terms/schedules.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { showError } from '../../src/errors/failure.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { adam } from '../../src/optimizers/adam.ts'
import type { RateOption } from '../../src/optimizers/rate.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { train } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { openCheckpoint, openRun } from '../../src/storage/openRun.ts'
import { type ResumeOptions, resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { contents } from '../reliability/contents.ts'
import { smallRing } from '../run/ring.ts'

const discriminator = adam({ lr: 1e-3, beta1: 0.5 })
const options = { saveEvery: 10, threads: 1 }

/** The small ring with a rate of the generator, which Adam remembers its gradients for. */
const withRate = (lr: RateOption, steps = 30): GameSpec => ({
  ...smallRing,
  steps,
  optimizers: { discriminator, generator: adam({ lr, beta1: 0.5 }) },
})

const first = withRate(1e-3)
const slower = withRate(1e-4, 50)
const change = { path: ['optimizers', 'generator', 'lr'], before: 1e-3, after: 1e-4 }

const refusal = async (out: string, game: GameSpec, options: ResumeOptions = {}): Promise<string> =>
  showError(await leftOf(resumeRun(out, game, options)))

const historyOf = async (out: string) => (await rightOf(openRun(out))).info.history

/** What `started` says of a resumed run. */
const startOf = async (out: string, game: GameSpec | undefined, more: ResumeOptions = {}) => {
  const events: TrainEvent[] = []
  const trained = await rightOf(resumeRun(out, game, { ...more, onEvent: (event) => void events.push(event) }))
  return { trained, started: events[0] }
}

test('a run goes on with another rate and its old memory, says what changed, and its folder keeps both', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(first, { ...options, out }))
    const run = await rightOf(openRun(out))
    const from = await rightOf(openCheckpoint(run))
    const { trained, started } = await startOf(out, slower)
    expect(started).toMatchObject({ type: 'started', step: 30, changes: [change] })

    const expected = await rightOf(train(slower, { backend: 'onnx', threads: 1, from }))
    expect(trained.state).toEqual(expected.state)

    const now = await rightOf(openRun(out))
    expect(now.game).toEqual(slower)
    expect(JSON.parse(await readFile(join(out, 'spec.json'), 'utf8')).optimizers.generator.lr).toBe(1e-4)
    expect(now.info.history).toMatchObject([{ from: 0 }, { from: 30, specBefore: run.info.spec, changes: [change] }])
    expect(now.info.spec).not.toBe(run.info.spec)
    expect((await rightOf(sampleRun(out))).step).toBe(50)

    const again = await startOf(out, undefined)
    expect(again.started).not.toHaveProperty('changes')
    expect(await historyOf(out)).toEqual(now.info.history)
  }))

test('from a checkpoint before a change the run goes on as it was, or as it is now, and the history says which', () =>
  inFolder(async (folder) => {
    const [out, other] = [join(folder, 'run'), join(folder, 'other')]
    for (const run of [out, other]) await rightOf(trainRun(first, { ...options, out: run }))
    await rightOf(resumeRun(out, slower))
    // A step behind the change has its checkpoint, of the spec before it.
    const back = await startOf(out, withRate(1e-3, 50), { step: 40 })
    expect(back.started).toMatchObject({ changes: [{ ...change, before: 1e-4, after: 1e-3 }] })
    expect(await historyOf(out)).toMatchObject([{ from: 0 }, { from: 30 }, { from: 40 }])

    await rightOf(resumeRun(other, slower))
    await rightOf(resumeRun(other, withRate(1e-4, 60), { step: 50 }))
    expect(await historyOf(other)).toMatchObject([{ from: 0 }, { from: 30, changes: [change] }])
  }))

test('a change that is taken back before a step was played leaves no trace', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(first, { ...options, out }))
    const before = await contents(out)
    await rightOf(resumeRun(out, withRate(1e-4)))
    expect(await historyOf(out)).toMatchObject([{ from: 0 }, { from: 30, changes: [change] }])
    await rightOf(resumeRun(out, first))
    expect(await contents(out)).toEqual(before)
  }))

test('killed between run.json and spec.json, a run goes on with the change', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(first, { ...options, out }))
    const spec = await readFile(join(out, 'spec.json'), 'utf8')
    await rightOf(resumeRun(out, withRate(1e-4)))
    const done = await contents(out)
    await writeFile(join(out, 'spec.json'), spec)
    expect((await rightOf(openRun(out))).game).toEqual(withRate(1e-4))
    await rightOf(resumeRun(out, withRate(1e-4)))
    expect(await contents(out)).toEqual(done)
  }))

test('what changes the state, or what it counts by, is refused with the reason', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(first, { ...options, out }))
    const before = await contents(out)
    const generator = (optimizer: GameSpec['optimizers'][string]) => ({
      ...first,
      optimizers: { discriminator, generator: optimizer },
    })
    expect(await refusal(out, generator(sgd({ lr: 1e-3 })))).toMatch(
      /it can't continue with this change: optimizers\.generator was .*; its state has generator\/m\/.*, which this game does not have\n {2}Undo the change\./,
    )
    expect(await refusal(out, { ...first, averages: { G: { type: 'exponential', decay: 0.9 } } })).toContain(
      'the run has no average/G/',
    )
    expect(await refusal(out, { ...first, dynamics: alternating({ discriminator: 5, generator: 1 }) })).toContain(
      'dynamics.counts.discriminator was 1, now it is 5; discriminator had 1 update a step and would have 5 updates a step',
    )
    expect(await refusal(out, generator(accumulate({ every: 2 }, adam({ lr: 1e-3, beta1: 0.5 }))))).toContain(
      'a move after every 2, by which its optimizer counts',
    )
    const wider = JSON.parse(JSON.stringify(first).replaceAll('"units":16', '"units":17'))
    expect(await refusal(out, wider)).toContain('in its state, not [')
    expect(await contents(out)).toEqual(before)
  }))

const following = (steps: number): GameSpec => withRate(linear({ from: 1e-3 }), steps)

test('a game that follows its number of steps has another one only where it is asked to stretch', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(following(20), { ...options, out }))
    const before = await contents(out)
    const message = await refusal(out, following(40))
    expect(message).toContain('the number of steps changed from 20 to 40')
    expect(message).toContain('--stretch (in code: stretch: true)')
    expect(await contents(out)).toEqual(before)

    const { trained, started } = await startOf(out, following(40), { stretch: true })
    expect(trained.step).toBe(40)
    const stretched = { path: ['steps'], before: 20, after: 40 }
    expect(started).toMatchObject({ changes: [stretched] })
    expect(await historyOf(out)).toMatchObject([{ from: 0 }, { from: 20, changes: [stretched] }])
    expect((await rightOf(openRun(out))).game.steps).toBe(40)
    await rightOf(resumeRun(out, undefined))
  }))

test('a game that does not is free to have more steps', () =>
  inFolder(async (folder) => {
    const [out, whole] = [join(folder, 'run'), join(folder, 'whole')]
    await rightOf(trainRun(withRate(1e-3, 20), { ...options, out }))
    await rightOf(resumeRun(out, withRate(1e-3, 40)))
    await rightOf(trainRun(withRate(1e-3, 40), { ...options, out: whole }))
    expect(await historyOf(out)).toBeUndefined()
    expect((await rightOf(openRun(out))).game).toEqual((await rightOf(openRun(whole))).game)
  }))

test('a run that stopped early keeps its number of steps, and goes on exactly', () =>
  inFolder(async (folder) => {
    const [out, whole] = [join(folder, 'run'), join(folder, 'whole')]
    await rightOf(trainRun(following(400), { ...options, out: whole }))
    const control = new AbortController()
    const onEvent = (event: TrainEvent): void => {
      if (event.type === 'checkpoint' && event.step >= 10) control.abort()
    }
    const { step } = await rightOf(trainRun(following(400), { ...options, out, signal: control.signal, onEvent }))
    expect(step).toBeLessThan(400)
    await rightOf(resumeRun(out, undefined))
    expect(await contents(out)).toEqual(await contents(whole))
  }))
