import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { errorCode } from '../../data/errorCode.ts'
import { type RunError, runError } from '../errors.ts'
import { temporaryName } from './atomic.ts'
import { explain, type FileError } from './fileError.ts'

/** The file that says who is at work in a run's folder. */
export const lockName = 'run.lock'

/** A process, told apart from a later one with the same number by when it started, where the system says so. */
interface Holder {
  readonly host: string
  readonly pid: number
  readonly started: string
}

/** When a process started, in ticks since the machine did; empty where that is not known, undefined where there is no such process. */
const startOf = async (pid: number): Promise<string | undefined> => {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if (errorCode(cause) === 'ESRCH') return undefined
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // What follows the name, which may have any characters: state, ..., and as the 20th the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : (fields[19] ?? '')
}

const self = async (): Promise<string> =>
  `${JSON.stringify({ host: hostname(), pid: process.pid, started: (await startOf(process.pid)) ?? '' })}\n`

const parse = (text: string): Holder | undefined => {
  const value = E.toUnion(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => undefined,
    ),
  )
  if (typeof value !== 'object' || value === null || !('pid' in value)) return undefined
  const { pid, host, started } = { host: '', started: '', ...value }
  return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 ? { pid, host, started } : undefined
}

/** Whoever holds a lock and is still there. A lock that can't be read is what a kill left, unless it is being written. */
const holderOf = async (path: string): Promise<Holder | undefined> => {
  const holder = parse(await readFile(path, 'utf8').catch(() => ''))
  if (holder === undefined || holder.host !== hostname()) return holder
  const started = await startOf(holder.pid)
  return started === undefined || (started !== '' && started !== holder.started) ? undefined : holder
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const isMade = async (path: string, content: string): Promise<boolean> => {
  try {
    await writeFile(path, content, { flag: 'wx' })
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw cause
  }
}

/** Takes away a lock that nobody holds; the renaming has one winner. */
const clear = async (path: string, folder: string): Promise<void> => {
  const aside = join(folder, temporaryName())
  try {
    await rename(path, aside)
    await rm(aside, { force: true })
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause
  }
}

/** Undefined where the lock is taken, else who has it. */
const take = async (folder: string): Promise<Holder | undefined> => {
  const path = join(folder, lockName)
  const content = await self()
  if (await isMade(path, content)) return undefined
  const first = await holderOf(path)
  if (first !== undefined) return first
  await pause(200)
  const second = await holderOf(path)
  if (second !== undefined) return second
  await clear(path, folder)
  return (await isMade(path, content)) ? undefined : (parse(await readFile(path, 'utf8')) ?? parse(content))
}

const inUse = (folder: string, { pid, host }: Holder): RunError =>
  runError(
    folder,
    `process ${pid} on ${host} is at work in it`,
    `Wait until it ends, or stop it. If it is not at work there, remove ${join(folder, lockName)}.`,
  )

/** Does something in a run's folder that no other process may do at the same time; a process that was killed is no hindrance. */
export const withLock =
  <L, A>(folder: string, body: TE.TaskEither<L, A>): TE.TaskEither<L | FileError | RunError, A> =>
  async () => {
    const holder = await TE.tryCatch(() => take(folder), explain(join(folder, lockName)))()
    if (E.isLeft(holder)) return holder
    if (holder.right !== undefined) return E.left(inUse(folder, holder.right))
    try {
      return await body()
    } finally {
      // A folder that is gone has no lock either; on a disk that became read-only it stays, and says how to remove it.
      await rm(join(folder, lockName), { force: true }).catch(() => undefined)
    }
  }
