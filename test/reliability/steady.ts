import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { TrainEvent } from '../../src/run/events.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

/** What a process holds at a step. */
interface Held {
  readonly step: number
  /** Bytes of memory. */
  readonly memory: number
  readonly handles: number
  readonly files: number
}

const held = async (step: number): Promise<Held> => ({
  step,
  memory: process.memoryUsage().rss,
  handles: process.getActiveResourcesInfo().length,
  files: (await readdir('/proc/self/fd').catch(() => [])).length,
})

/** Trains in a folder, with twenty checkpoints, and answers what the process held at each of them. */
export const watch = async (steps: number): Promise<readonly Held[]> => {
  const seen: Promise<Held>[] = []
  await inFolder(async (folder) => {
    const onEvent = ({ type, step }: TrainEvent): void => {
      if (type === 'checkpoint') seen.push(held(step))
    }
    await rightOf(
      trainRun({ ...smallRing, steps }, { out: join(folder, 'run'), saveEvery: steps / 20, threads: 1, onEvent }),
    )
  })
  return Promise.all(seen)
}

/** From a fifth of the run on, nothing grows by more than a garbage collector's whims. */
export const checkSteady = (seen: readonly Held[], bytes: number): void => {
  const late = seen.slice(4)
  const first = late[0]
  const last = late.at(-1)
  if (first === undefined || last === undefined) throw new Error('nothing was seen')
  const table = seen.map(({ step, memory, handles, files }) => `${step}: ${memory}, ${handles}, ${files}`).join('\n')
  expect(last.memory - first.memory, table).toBeLessThan(bytes)
  expect(last.handles, table).toBeLessThanOrEqual(Math.max(...seen.slice(0, 5).map(({ handles }) => handles)) + 2)
  expect(last.files, table).toBeLessThanOrEqual(Math.max(...seen.slice(0, 5).map(({ files }) => files)) + 2)
}
