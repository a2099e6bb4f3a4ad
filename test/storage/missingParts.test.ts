import { existsSync, rmSync } from 'node:fs'
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { showError } from '../../src/errors/failure.ts'
import { readLog } from '../../src/io/jsonl.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const game = { ...smallRing, steps: 6 }
const longer = { ...smallRing, steps: 8 }
const options = { saveEvery: 2, threads: 1 }

test('a run goes on without its samples and its costs, says that they are gone, and keeps what comes', () =>
  inFolder(async (folder) => {
    const [run, whole] = [join(folder, 'run'), join(folder, 'whole')]
    await rightOf(trainRun(game, { ...options, out: run }))
    await cp(run, whole, { recursive: true })
    await rm(join(run, 'samples'), { recursive: true })
    await rm(join(run, 'metrics.jsonl'))
    const events: TrainEvent[] = []
    const { state } = await rightOf(resumeRun(run, longer, { onEvent: (event) => void events.push(event) }))
    expect(state).toEqual((await rightOf(resumeRun(whole, longer))).state)
    expect(events[0]).toMatchObject({
      type: 'started',
      warnings: [
        {
          path: ['metrics.jsonl'],
          message: "it is missing from the run's folder, and with it the costs of the first 6 steps",
        },
        { path: ['samples'], message: "it is missing from the run's folder, and with it the samples that were kept" },
      ],
    })
    expect(await readdir(join(run, 'samples'))).toEqual(['step-00000008.csv'])
    expect((await rightOf(readLog(join(run, 'metrics.jsonl')))).map(({ step }) => step)).toEqual([7, 8])
    const again: TrainEvent[] = []
    await rightOf(resumeRun(run, longer, { onEvent: (event) => void again.push(event) }))
    expect(again[0]).toMatchObject({ warnings: [] })
  }))

test('folders that are removed while a run is at work are made anew', () =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    let removed = false
    const onEvent = (event: TrainEvent): void => {
      if (event.type !== 'checkpoint' || event.step !== 2 || removed) return
      removed = true
      for (const name of ['samples', 'checkpoints']) rmSync(join(run, name), { recursive: true })
    }
    await rightOf(trainRun(game, { ...options, out: run, onEvent }))
    expect(await readdir(join(run, 'samples'))).toEqual(['step-00000004.csv', 'step-00000006.csv'])
    expect(await readdir(join(run, 'checkpoints'))).toEqual(['step-00000004.safetensors', 'step-00000006.safetensors'])
  }))

test.each([
  ['run.json', 'run.json: there is no such file', 'restore the file'],
  [
    'spec.json',
    'spec.json: there is no such file',
    'A run without its spec.json can continue only once that file is restored.',
  ],
  ['checkpoints', 'checkpoints: there is no checkpoint', 'All checkpoints of this run are gone'],
])('a run without %s does not go on, and says what is gone', (name, message, hint) =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(game, { ...options, out: run }))
    await rm(join(run, name), { recursive: true })
    const said = showError(await leftOf(resumeRun(run, undefined)))
    expect(said).toContain(message)
    expect(said).toContain(hint)
    expect(existsSync(join(run, name))).toBe(false)
  }),
)
