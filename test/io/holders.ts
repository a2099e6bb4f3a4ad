import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lockName } from '../../src/io/lockFolder.ts'
import { put } from '../data/files.ts'

/** A process that takes locks as it is told; see `holding.ts`. */
export interface HoldingProcess {
  readonly pid: number
  /** Sends a command; what it says next is the answer. */
  readonly ask: (...words: readonly (string | number)[]) => Promise<string>
  readonly next: () => Promise<string>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<void>
}

/** Bundles `holding.ts` into a folder, so that plain Node runs it. */
export const buildHolding = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'holding.mjs')
  const entry = fileURLToPath(new URL('holding.ts', import.meta.url))
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' })
  return outfile
}

/** Starts one, behind a command such as `unshare` where there is one. */
export const startHolding = async (script: string, ...before: readonly string[]): Promise<HoldingProcess> => {
  const [command = '', ...args] = [...before, process.execPath, script]
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    return done === true ? 'nothing more' : value
  }
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  await next()
  return {
    pid: child.pid ?? 0,
    ask: (...words) => {
      child.stdin.write(`${words.join(' ')}\n`)
      return next()
    },
    next,
    kill: (signal) => void child.kill(signal),
    ended,
  }
}

/** A lock as a process that was killed leaves it. */
export const putLock = async (folder: string, holder: unknown, token: string = crypto.randomUUID()): Promise<void> => {
  await mkdir(join(folder, lockName, token), { recursive: true })
  const content = typeof holder === 'string' ? holder : JSON.stringify(holder)
  await put(join(folder, lockName, token), 'holder.json', content)
}
