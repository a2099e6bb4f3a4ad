import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { type FileError, fileError } from '../errors/fileError.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { errorCode } from './errorCode.ts'
import { explain } from './fileError.ts'
import { type Hold, holdOf } from './hold.ts'
import { type Holder, lifeOf, thisProcess } from './holder.ts'
import {
  type Draft,
  discard,
  draftHold,
  type FoundHold,
  findHold,
  holderPath,
  lockName,
  placeHold,
  removeHold,
} from './lockFolder.ts'
import { processName } from './processName.ts'

/** Times in milliseconds. */
export interface Heartbeat {
  /** How often the holder renews its lock. */
  readonly every: number
  /** How long a holder in another container or on another machine may go without renewing before it counts as gone. */
  readonly patience: number
}

/** `patience` is long because a step or a compilation may block the thread for minutes. */
const heartbeat: Heartbeat = { every: 10_000, patience: 300_000 }

type Taken = { readonly type: 'ours' } | { readonly type: 'theirs'; readonly hold: FoundHold; readonly silence: number }

const isOver = async ({ holder }: FoundHold, silence: number, { patience }: Heartbeat): Promise<boolean> => {
  const life = holder === undefined ? 'unknown' : await lifeOf(holder)
  return life === 'gone' || (life === 'unknown' && silence > patience)
}

/** Tries once. `undefined` if another process interfered at the same moment. */
const tryTake = async (folder: string, draft: Draft, pace: Heartbeat): Promise<Taken | undefined> => {
  const hold = await findHold(folder)
  if (hold !== undefined) {
    const silence = draft.made - hold.seen
    if (!(await isOver(hold, silence, pace))) return { type: 'theirs', hold, silence }
    await removeHold(folder, hold.token)
  }
  return (await placeHold(folder, draft)) ? { type: 'ours' } : undefined
}

const take = async (folder: string, token: string, holder: Holder, pace: Heartbeat): Promise<Taken> => {
  for (;;) {
    const draft = await draftHold(folder, token, holder)
    if (draft === undefined) continue
    try {
      const taken = await tryTake(folder, draft, pace)
      if (taken !== undefined) return taken
    } finally {
      await discard(draft.path)
    }
  }
}

const inUse = (folder: string, { holder }: FoundHold, silence: number, { patience }: Heartbeat): RunError => {
  const lock = join(folder, lockName)
  const who = holder === undefined ? 'an unknown process' : processName(holder)
  const seen = Math.max(0, Math.round(silence / 1000))
  return runError(
    folder,
    `${who} is using it, and renewed its lock ${seen} s ago`,
    `Wait until it ends, or stop it. A process elsewhere counts as gone if it does not renew its lock for ${patience / 1000} s. If no process is using it, remove ${lock}.`,
  )
}

/** Renews the lock regularly, and returns a function that stops it. Does nothing once another process holds the lock. */
const beat = (folder: string, token: string, holder: Holder, { every }: Heartbeat): (() => void) => {
  const sign = async (): Promise<void> => {
    const file = await open(holderPath(folder, token), 'r+')
    try {
      // Write, not only touch: the modification time then comes from the disk's clock.
      await file.write(`${JSON.stringify(holder)}\n`, 0)
    } finally {
      await file.close()
    }
  }
  const timer = setInterval(() => void sign().catch(() => undefined), every)
  timer.unref()
  return () => clearInterval(timer)
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const isRemoved = async (folder: string, token: string): Promise<boolean> => {
  try {
    await removeHold(folder, token)
    return true
  } catch (cause) {
    // The folder is gone, or no longer a folder.
    return errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR'
  }
}

/** Releases a lock. If the disk refuses, retries until this process ends. */
const giveBack = async (folder: string, token: string, { every }: Heartbeat): Promise<void> => {
  for (const wait of [0, 20, 100]) {
    await pause(wait)
    if (await isRemoved(folder, token)) return
  }
  const timer = setInterval(async () => {
    if (await isRemoved(folder, token)) clearInterval(timer)
  }, every / 10)
  timer.unref()
}

const explainLock = (lock: string) => (cause: unknown) =>
  errorCode(cause) === 'ENOTDIR'
    ? fileError(
        lock,
        'expected the folder of a lock, found something else',
        'Remove it if no process is using the run.',
      )
    : explain(lock)(cause)

/**
 * Runs a task while this process holds the folder's lock. The lock of a killed process is taken over. Once another process has
 * taken over, nothing can be changed through `Hold`.
 */
export const withLock =
  <L, A>(
    folder: string,
    body: (hold: Hold) => TE.TaskEither<L, A>,
    pace: Heartbeat = heartbeat,
  ): TE.TaskEither<L | FileError | RunError, A> =>
  async () => {
    const token = randomUUID()
    const holder = await thisProcess()
    const taken = await TE.tryCatch(() => take(folder, token, holder, pace), explainLock(join(folder, lockName)))()
    if (E.isLeft(taken)) return taken
    if (taken.right.type === 'theirs') return E.left(inUse(folder, taken.right.hold, taken.right.silence, pace))
    const end = beat(folder, token, holder, pace)
    try {
      return await body(holdOf(folder, token))()
    } finally {
      end()
      await giveBack(folder, token, pace)
    }
  }
