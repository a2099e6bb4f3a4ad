import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import * as t from '#io-ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { errorCode } from './errorCode.ts'

/** The process that holds a lock, as other processes can find it. Text is empty where the system does not say. */
export interface Holder {
  readonly host: string
  /** Changes each time the machine starts. */
  readonly boot: string
  /** The namespace that numbers its processes: each container has its own. */
  readonly processes: string
  readonly pid: number
  /** Ticks from the start of the machine to that of the process: a later process of the same number has another. */
  readonly started: string
}

export const holderCodec: t.Type<Holder, unknown> = struct({
  host: t.string,
  boot: t.string,
  processes: t.string,
  pid: count,
  started: t.string,
})

/** Files of `/proc` are not there on every system. */
const orEmpty = (text: Promise<string>): Promise<string> => text.catch(() => '')

/** State and start in the text of `/proc/PID/stat`. They follow the name of the program, which may hold any characters. */
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
    // Another user's process may not be asked, but it is there.
    return errorCode(cause) !== 'ESRCH'
  }
}

/** Whether `/proc` numbers processes as this process sees them: a new namespace may still have the old `/proc`. */
const procIsOurs = async (): Promise<boolean> => (await orEmpty(readlink('/proc/self'))) === `${process.pid}`

/** Whether the holder of a lock still lives. `unknown` where this process can't look at it. */
export type Life = 'lives' | 'gone' | 'unknown'

/** Looks for a process. One on another machine, or in another container, can't be seen from here. */
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
