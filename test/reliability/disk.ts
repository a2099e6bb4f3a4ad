import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Halted } from '../../src/errors/ended.ts'
import { showError } from '../../src/errors/failure.ts'
import { lockName } from '../../src/io/lockFolder.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { readCheckpoint } from '../../src/storage/checkpoint.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { contents } from './contents.ts'

const game: GameSpec = { ...smallRing, steps: 60 }
const settings = { saveEvery: 6, threads: 1, name: 'ring' } as const

const mount = (...args: readonly string[]): void => {
  execFileSync('mount', args, { stdio: 'ignore' })
}

/** Whether this user may mount a file system in memory, small enough to be filled. */
export const canMount = (): boolean => {
  const place = mkdtempSync(join(tmpdir(), 'saddle-mount-'))
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place)
    execFileSync('umount', [place])
    return true
  } catch {
    return false
  } finally {
    rmdirSync(place)
  }
}

/** Does something with a disk of so many kibibytes, in a folder. */
const onDisk = (kibibytes: number, body: (disk: string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const disk = join(folder, 'disk')
    await mkdir(disk)
    mount('-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', disk)
    try {
      await body(disk)
    } finally {
      execFileSync('umount', [disk])
    }
  })

const whole = async (): Promise<ReadonlyMap<string, string>> => {
  let files: ReadonlyMap<string, string> = new Map()
  await inFolder(async (folder) => {
    await rightOf(trainRun(game, { ...settings, out: join(folder, 'run') }))
    files = await contents(join(folder, 'run'))
  })
  return files
}

/** What it stopped with; the checkpoint that it names is there and whole, or it says that none is. */
const checkHalt = async (error: Halted, cause: RegExp): Promise<void> => {
  const said = showError(error)
  expect(said).toMatch(cause)
  expect(said).toContain(`The run stopped after step ${error.step}. `)
  if (error.saved === undefined) expect(said).toMatch(/The run has no checkpoint\.$/)
  else {
    expect(said).toContain(`The last good checkpoint, of step ${error.saved.step}, is ${error.saved.path}`)
    expect((await rightOf(readCheckpoint(error.saved.path, ''))).step).toBe(error.saved.step)
  }
}

/** Fills a disk by training: it stops, says what is left, and once there is room goes on as if there always had been. */
export const fill = (kibibytes: number): Promise<void> =>
  onDisk(kibibytes, async (disk) => {
    const out = join(disk, 'run')
    const error = await leftOf(trainRun(game, { ...settings, out }))
    if (error.type === 'Halted') await checkHalt(error, /the disk is full/)
    else expect(showError(error)).toMatch(/the disk is full/)
    mount('-o', 'remount,size=16m', disk)
    const goOn = error.type === 'Halted' && error.saved !== undefined
    await rightOf(goOn ? resumeRun(out, undefined) : trainRun(game, { ...settings, out }))
    expect(await contents(out)).toEqual(await whole())
  })

/** Trains until a step, does something to the disk, and gives what the run ends with. */
const disturbed = async (out: string, step: number, disturb: () => void): Promise<Halted> => {
  let isDone = false
  const onEvent = (event: TrainEvent): void => {
    if (isDone || event.type !== 'progress' || event.step < step) return
    isDone = true
    disturb()
  }
  const error = await leftOf(trainRun(game, { ...settings, out, onEvent }))
  if (error.type !== 'Halted') throw new Error(`expected a halt, found ${showError(error)}`)
  return error
}

/** Makes a disk read-only while a run is at work on it. */
export const lock = (step: number): Promise<void> =>
  onDisk(16_384, async (disk) => {
    const out = join(disk, 'run')
    await checkHalt(await disturbed(out, step, () => mount('-o', 'remount,ro', disk)), /the file system is read-only/)
    mount('-o', 'remount,rw', disk)
    // This very process could not give its lock back until now.
    await expect.poll(() => existsSync(join(out, lockName)), { timeout: 5000 }).toBe(false)
    await rightOf(resumeRun(out, undefined))
    expect(await contents(out)).toEqual(await whole())
  })

/** Does something to a run's folder while it is at work. */
export const spoilFolder = (step: number, disturb: (out: string) => void, cause: RegExp): Promise<void> =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await checkHalt(await disturbed(out, step, () => disturb(out)), cause)
  })
