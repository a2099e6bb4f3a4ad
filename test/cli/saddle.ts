import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built command line. */
export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly ended: Promise<Ended>
  /** Resolves when stderr or stdout holds a text. */
  readonly says: (text: string) => Promise<void>
  readonly send: (signal: NodeJS.Signals) => void
  /** Nobody reads stdout or stderr any more. */
  readonly close: (stream: 'out' | 'err') => void
}

/** The built command line as a process of its own. */
export const start = (folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running => {
  if (!existsSync(main)) throw new Error('the command line is not built: npm run build')
  const { npm_lifecycle_event: _, ...outer } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { ...outer, ...env } })
  const said = { out: '', err: '' }
  const waiting = new Set<() => void>()
  const listen = (name: 'out' | 'err', stream: NodeJS.ReadableStream): void => {
    stream.on('data', (chunk: Buffer) => {
      said[name] += chunk.toString()
      for (const check of waiting) check()
    })
  }
  listen('out', child.stdout)
  listen('err', child.stderr)
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }))
  })
  return {
    ended,
    says: (text) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!`${said.out}${said.err}`.includes(text)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    send: (signal) => void child.kill(signal),
    close: (stream) => void (stream === 'out' ? child.stdout : child.stderr).destroy(),
  }
}

export const saddle = (folder: string, ...args: readonly string[]): Promise<Ended> => start(folder, args).ended
