import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import * as t from '#io-ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { errorCode } from './errorCode.ts'

/** Identifies the process that holds a lock, so that other processes can find it. Fields are empty if the system does not say. */
export interface Holder {
  readonly host: string
  /** Changes with each boot of the machine. */
  readonly boot: string
  /** The PID namespace. Each container has its own. */
  readonly processes: string
  readonly pid: number
  /** When the process started, in ticks since boot. Distinguishes it from a later process with the same PID. */
  readonly started: string
}

export const holderCodec: t.Type<Holder, unknown> = struct({
  host: t.string,
  boot: t.string,
  processes: t.string,
  pid: count,
  started: t.string,
})

/** Not every system has the files of `/proc`. */
const orEmpty = (text: Promise<string>): Promise<string> => text.catch(() => '')

/** Parses state and start time from `/proc/PID/stat`. They follow the program's name, which may contain any characters. */
const parseStat = (stat: string): { readonly state: string; readonly started: string } => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', started: fields[19] ?? '' }
}

const statOf = async (pid: number | 'self') => parseStat(await orEmpty(readFile(`/proc/${pid}/stat`, 'utf8')))

export const thisProcess = async (): Promise<Holder> => ({
  host: hostname(),
  boot: (await orEmpty(readFile('/proc/sys/kernel/random/boot_id', 'utf8'))).trim(),
  processes: await orEmpty(readlink('/proc/self/ns/pid')),
  pid: process.pid,
  started: (await statOf('self')).started,
})

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // EPERM: the process exists but belongs to another user.
    return errorCode(cause) !== 'ESRCH'
  }
}

/** Whether `/proc` shows this process's PID namespace. A new namespace may still have the old `/proc` mounted. */
const procIsOurs = async (): Promise<boolean> => (await orEmpty(readlink('/proc/self'))) === `${process.pid}`

/** Whether the holder of a lock is alive. `unknown` if this process can't see it. */
export type Life = 'lives' | 'gone' | 'unknown'

/** Looks for a process. Those on other machines or in other containers are invisible. */
export const lifeOf = async (holder: Holder): Promise<Life> => {
  const here = await thisProcess()
  if (holder.host !== here.host && here.boot === '') return 'unknown'
  if (holder.boot !== here.boot || holder.processes !== here.processes) return 'unknown'
  if (!isThere(holder.pid)) return 'gone'
  if (!(await procIsOurs())) return 'unknown'
  const { state, started } = await statOf(holder.pid)
  if (started === '') return 'unknown'
  return state === 'Z' || started !== holder.started ? 'gone' : 'lives'
}
