import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import { thisProcess } from '../../src/io/holder.ts'
import { withLock } from '../../src/io/lock.ts'
import { findHold, holderPath, lockName } from '../../src/io/lockFolder.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'
import { buildHolding, type HoldingProcess, putLock, startHolding } from './holders.ts'

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const of =
  <A>(value: A) =>
  () =>
    TE.of(value)

/** The number of a process that has ended. */
const endedPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.on('close', resolve))
  return child.pid ?? 0
}

/** Gives a hold's last sign of life another time. */
const makeSilent = async (folder: string, seconds: number): Promise<void> => {
  const { token = '' } = (await findHold(folder)) ?? {}
  const then = Date.now() / 1000 - seconds
  await utimes(holderPath(folder, token), then, then)
}

test('of many that want a folder one has it, and none is left with a lock', () =>
  inFolder(async (folder) => {
    let at = 0
    const body = () =>
      TE.fromTask(async () => {
        at++
        await later(500)
        return at
      })
    const results = await Promise.all(Array.from({ length: 8 }, () => withLock(folder, body)()))
    expect(results.filter(({ _tag }) => _tag === 'Right')).toEqual([{ _tag: 'Right', right: 1 }])
    expect(await readdir(folder)).toEqual([])
    expect(await rightOf(withLock(folder, of('again')))).toBe('again')
  }))

test('a lock is given back after an error and after a throw', () =>
  inFolder(async (folder) => {
    expect(await leftOf(withLock(folder, () => TE.left('no')))).toBe('no')
    const thrown = () => TE.fromTask(() => Promise.reject(new Error('ours')))
    await withLock(folder, thrown)().catch(() => undefined)
    expect(await readdir(folder)).toEqual([])
  }))

test('a process that is gone, another one of its number, and an empty lock are no hindrance', () =>
  inFolder(async (folder) => {
    const self = await thisProcess()
    const stale = [
      { ...self, pid: await endedPid() },
      ...(process.platform === 'linux' ? [{ ...self, started: '1' }] : []),
    ]
    for (const holder of stale) {
      await putLock(folder, holder)
      expect(await rightOf(withLock(folder, of('mine')))).toBe('mine')
      expect(await readdir(folder)).toEqual([])
    }
    await mkdir(join(folder, lockName))
    expect(await rightOf(withLock(folder, of('mine')))).toBe('mine')
    expect(await readdir(folder)).toEqual([])
  }))

test('a holder that can not be looked at, or not be read, counts as at work until it is silent for long', () =>
  inFolder(async (folder) => {
    const self = await thisProcess()
    const unknown = [
      { ...self, host: 'elsewhere', boot: 'another', pid: 12 },
      { ...self, processes: 'pid:[1]', pid: await endedPid() },
      '',
      '{"pid":-1}',
    ]
    for (const holder of unknown) {
      await putLock(folder, holder)
      await makeSilent(folder, 290)
      expect(await leftOf(withLock(folder, of('mine')))).toMatchObject({ type: 'RunError' })
      await makeSilent(folder, 310)
      expect(await rightOf(withLock(folder, of('mine')))).toBe('mine')
      expect(await readdir(folder)).toEqual([])
    }
  }))

test('a process at work is named, and so is what to do; its lock stays', () =>
  inFolder(async (folder) => {
    const holder = { ...(await thisProcess()), host: 'else\u001b[31mwhere\u009b', boot: 'another', pid: 12 }
    await putLock(folder, holder, 'a')
    expect(await leftOf(withLock(folder, of('mine')))).toMatchObject({
      type: 'RunError',
      message: 'process 12 on else\\u001b[31mwhere\\u009b is using it, and renewed its lock 0 s ago',
      hint: `Wait until it ends, or stop it. A process elsewhere counts as gone if it does not renew its lock for 300 s. If no process is using it, remove ${join(folder, lockName)}.`,
    })
    expect(await readFile(holderPath(folder, 'a'), 'utf8')).toBe(JSON.stringify(holder))
    expect(await readdir(folder)).toEqual([lockName])
    expect(await leftOf(withLock(join(folder, 'none'), of('mine')))).toMatchObject({ type: 'FileError' })
  }))

test('what stands in the place of a lock is refused, not waited for', () =>
  inFolder(async (folder) => {
    const lock = join(folder, lockName)
    const refused = {
      type: 'FileError',
      place: { type: 'file', path: lock },
      message: 'expected the folder of a lock, found something else',
    }
    await writeFile(lock, '')
    expect(await leftOf(withLock(folder, of('mine')))).toMatchObject(refused)
    await rm(lock)
    await symlink('/dev/zero', lock)
    expect(await leftOf(withLock(folder, of('mine')))).toMatchObject(refused)
    await rm(lock)
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [lock])
    expect(await leftOf(withLock(folder, of('mine')))).toMatchObject(refused)
    await rm(lock)
    await mkdir(join(lock, 'a'), { recursive: true })
    execFileSync('mkfifo', [holderPath(folder, 'a')])
    expect(await leftOf(withLock(folder, of('mine')))).toMatchObject({ type: 'RunError' })
  }))

test('a process that was superseded changes nothing, and gives no lock of another back', () =>
  inFolder(async (folder) => {
    const log = await put(folder, 'log', '')
    const file = await put(folder, 'file', 'theirs')
    await rightOf(
      withLock(folder, (hold) =>
        TE.fromTask(async () => {
          await rightOf(hold.write(file, 'ours'))
          expect(await readFile(file, 'utf8')).toBe('ours')
          await rm(join(folder, lockName), { recursive: true })
          const removed = await leftOf(hold.write(file, 'late'))
          expect(removed.message).toContain('was removed')
          await putLock(folder, { ...(await thisProcess()), pid: 7, host: 'other' }, 'b')
          for (const attempt of [hold.write(file, 'late'), hold.remove(file), hold.check])
            expect((await leftOf(attempt)).message).toBe('another process has taken over this run: process 7 on other')
        }),
      ),
    )
    expect(await readFile(file, 'utf8')).toBe('ours')
    expect(await readFile(log, 'utf8')).toBe('')
    expect(await readdir(join(folder, lockName))).toEqual(['b'])
  }))

const otherDisk = '/dev/shm'

// Most Linux systems have a disk in memory there.
test.skipIf(!existsSync(otherDisk))('a folder that is a link to another disk is written all the same', () =>
  inFolder(async (folder) => {
    const elsewhere = await mkdtemp(join(otherDisk, 'saddle-'))
    try {
      await symlink(elsewhere, join(folder, 'checkpoints'))
      const path = join(folder, 'checkpoints', 'file')
      await rightOf(
        withLock(folder, ({ write, remove }) =>
          TE.fromTask(async () => {
            await rightOf(write(path, 'a'))
            await rightOf(write(path, 'b'))
            expect(await readFile(path, 'utf8')).toBe('b')
            expect(await readdir(elsewhere)).toEqual(['file'])
            await rightOf(remove(path))
            expect(await readdir(elsewhere)).toEqual([])
            await rightOf(write(path, 'c'))
            await rm(join(folder, lockName), { recursive: true })
            for (const attempt of [write(path, 'late'), remove(path)])
              expect((await leftOf(attempt)).message).toContain('was removed')
          }),
        ),
      )
      expect(await readFile(path, 'utf8')).toBe('c')
    } finally {
      await rm(elsewhere, { recursive: true })
    }
  }),
)

const roundOf = async (folder: string, processes: readonly HoldingProcess[]): Promise<void> => {
  await mkdir(folder)
  await putLock(folder, { ...(await thisProcess()), pid: 2 ** 22 + 1 })
  const answers = await Promise.all(processes.map(({ ask }) => ask('take', folder, 1000, 60_000)))
  expect(answers.filter((answer) => answer === 'held')).toEqual(['held'])
  for (const answer of answers) expect(answer).toMatch(/^held$|^refused: .* is using it/)
  await Promise.all(processes.map(({ ask }, i) => (answers[i] === 'held' ? ask('release') : '')))
  expect(await readdir(folder)).toEqual([])
}

const rounds = 30

test('of six processes that find a stale lock at once exactly one holds it, thirty times', () =>
  inFolder(async (folder) => {
    const script = await buildHolding(folder)
    const processes = await Promise.all(Array.from({ length: 6 }, () => startHolding(script)))
    for (let round = 0; round < rounds; round++) await roundOf(join(folder, `${round}`), processes)
    for (const { kill } of processes) kill('SIGKILL')
    await Promise.all(processes.map(({ ended }) => ended))
  }))

test('a holder that is stopped, superseded and continued changes nothing', () =>
  inFolder(async (folder) => {
    const script = await buildHolding(folder)
    const run = join(folder, 'run')
    await mkdir(run)
    const [stopped, other] = await Promise.all([startHolding(script), startHolding(script)])
    expect(await stopped.ask('take', run, 20, 300)).toBe('held')
    expect(await stopped.ask('append', join(run, 'log'), 1)).toBe('done')
    stopped.kill('SIGSTOP')
    await later(400)
    // It is seen from here, and may go on.
    expect(await other.ask('take', run, 20, 300)).toContain(`process ${stopped.pid} on `)
    await rm(join(run, lockName), { recursive: true })
    expect(await other.ask('take', run, 20, 300)).toBe('held')
    const late = [
      stopped.ask('append', join(run, 'log'), 2),
      stopped.ask('write', join(run, 'file'), 'late'),
      stopped.ask('remove', join(run, 'log')),
    ]
    stopped.kill('SIGCONT')
    for (const answer of await Promise.all(late))
      expect(answer).toContain(`another process has taken over this run: process ${other.pid} on `)
    expect(await stopped.ask('release')).toBe('released')
    expect((await readdir(run)).sort()).toEqual(['log', lockName])
    expect(await readFile(join(run, 'log'), 'utf8')).toBe('{"step":1}\n')
    expect(await other.ask('append', join(run, 'log'), 3)).toBe('done')
    expect(await other.ask('release')).toBe('released')
    for (const { kill } of [stopped, other]) kill('SIGKILL')
  }))

const inNamespace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'] as const

const mayUnshare = (): boolean => {
  const [command, ...args] = inNamespace
  try {
    execFileSync(command, [...args, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// Only root of a Linux may make a process namespace, and not in every container.
test.skipIf(!mayUnshare())('a holder in another process namespace is at work until it gives no sign of life', () =>
  inFolder(async (folder) => {
    const script = await buildHolding(folder)
    const run = join(folder, 'run')
    await mkdir(run)
    const [inside, outside] = await Promise.all([startHolding(script, ...inNamespace), startHolding(script)])
    expect(await inside.ask('take', run, 50, 2000)).toBe('held')
    // Longer than its patience: the signs of life are what keeps the lock.
    await later(2500)
    expect(await outside.ask('take', run, 50, 2000)).toContain('is using it')
    inside.kill('SIGKILL')
    await inside.ended
    expect(await outside.ask('take', run, 50, 2000)).toContain('is using it')
    await later(2500)
    expect(await outside.ask('take', run, 50, 2000)).toBe('held')
    const second = await startHolding(script, ...inNamespace)
    expect(await second.ask('take', run, 50, 2000)).toContain(`process ${outside.pid} on `)
    for (const { kill } of [outside, second]) kill('SIGKILL')
  }),
)
