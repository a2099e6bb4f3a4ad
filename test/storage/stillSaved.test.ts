import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { halted } from '../../src/errors/ended.ts'
import { showError } from '../../src/errors/failure.ts'
import { fileError } from '../../src/errors/fileError.ts'
import { runPaths } from '../../src/storage/runFolder.ts'
import { stillSaved } from '../../src/storage/stillSaved.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

/** Whether a process has no more files to open, and from which call on. */
const limit = vi.hoisted(() => ({ isReached: false, folders: false }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const check = (isHit: boolean): void => {
    if (isHit) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
  }
  const open: typeof real.open = async (...args) => {
    check(limit.isReached)
    return real.open(...args)
  }
  const readdir = async (path: string): Promise<readonly string[]> => {
    check(limit.folders)
    return real.readdir(path)
  }
  return { ...real, open, readdir }
})

beforeEach(() => {
  limit.isReached = false
  limit.folders = false
})

const cause = fileError('metrics.jsonl', 'Error: EMFILE: too many open files', 'Check the disk.')

const inRun = (test: (said: () => Promise<string>, path: (step: number) => string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun({ ...smallRing, steps: 4 }, { out: run, saveEvery: 2, threads: 1 }))
    const path = (step: number): string => join(run, 'checkpoints', `step-0000000${step}.safetensors`)
    const said = async (): Promise<string> => {
      // What was known when the run ended may be old, or less than there is.
      const error = halted(4, cause, undefined)
      return showError(await leftOf(stillSaved(runPaths(run), error)))
    }
    await test(said, path)
  })

test('a run that ends names the newest checkpoint that is whole, whatever it knew', () =>
  inRun(async (said, path) => {
    expect(await said()).toContain(`The last good checkpoint, of step 4, is ${path(4)}`)
    await truncate(path(4), 100)
    expect(await said()).toContain(`The last good checkpoint, of step 2, is ${path(2)}`)
    await truncate(path(2), 100)
    expect(await said()).toContain('The run has no checkpoint.')
  }))

test('what can not be looked at is not said to be absent', () =>
  inRun(async (said, path) => {
    const reason = 'The checkpoints could not be read: Error: EMFILE: too many open files. '
    limit.isReached = true
    expect(await said()).toContain(`The run stopped after step 4. ${reason}Try again.`)
    limit.folders = true
    expect(await said()).toContain(`The run stopped after step 4. ${reason}Try again.`)
    limit.isReached = false
    limit.folders = false
    expect(await said()).toContain(`The last good checkpoint, of step 4, is ${path(4)}`)
  }))
