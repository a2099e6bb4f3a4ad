import { existsSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import { withLock } from '../../src/io/lock.ts'
import { lockName } from '../../src/io/lockFolder.ts'
import { inFolder, rightOf } from '../data/files.ts'

/** Which of the calls of the file system fails, once; what is closed is closed all the same, as a disk does it. */
const fault = vi.hoisted(() => {
  let left = Number.POSITIVE_INFINITY
  const strike = (): void => {
    left--
    if (left === 0) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
  }
  return {
    arm: (call: number) => {
      left = call
    },
    /** Whether it has come to that call. */
    hasStruck: () => left <= 0,
    strike,
  }
})

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const faulty =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      fault.strike()
      return call(...args)
    }
  const closing = (handle: FileHandle): FileHandle => {
    const close = handle.close.bind(handle)
    handle.close = async () => {
      await close()
      fault.strike()
    }
    handle.sync = faulty(handle.sync.bind(handle))
    return handle
  }
  const open: typeof real.open = async (...args) => {
    fault.strike()
    return closing(await real.open(...args))
  }
  const { mkdir, rename, rm, rmdir, readdir, stat } = real
  return {
    ...real,
    open,
    mkdir: faulty(mkdir),
    rename: faulty(rename),
    rm: faulty(rm),
    rmdir: faulty(rmdir),
    readdir: faulty(readdir),
    stat: faulty(stat),
  }
})

const pace = { every: 100, patience: 60_000 }

const isFree = async (folder: string): Promise<boolean> => {
  for (let tries = 0; tries < 100 && existsSync(join(folder, lockName)); tries++)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return !existsSync(join(folder, lockName))
}

test('whichever call of the file system fails once, the living process does not keep the lock', () =>
  inFolder(async (folder) => {
    let calls = 0
    for (;;) {
      fault.arm(calls + 1)
      const result = await withLock(folder, ({ write }) => write(join(folder, 'file'), `${calls}`), pace)()
      const isOver = !fault.hasStruck()
      fault.arm(Number.POSITIVE_INFINITY)
      if (isOver) break
      calls++
      if (result._tag === 'Left')
        expect(result.left).toMatchObject({ type: 'FileError', message: expect.stringMatching('EIO') })
      expect(await isFree(folder), `call ${calls}`).toBe(true)
      expect(await rightOf(withLock(folder, () => TE.of('again'), pace))).toBe('again')
    }
    // Drafting, placing, writing and giving back.
    expect(calls).toBeGreaterThan(15)
  }))
