import { type ChildProcess, fork } from 'node:child_process'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import * as t from '#io-ts'
import type { Outcome } from '../backends/auto.ts'
import type { Accelerator, BackendError } from '../backends/backend.ts'
import type { BackendName } from '../backends/catalogue.ts'
import { startProven } from '../backends/registry.ts'
import { struct } from '../dsl/codecs/struct.ts'

/** Asks whether a backend starts. */
export type Probe = (name: BackendName) => Promise<Outcome>

const accelerator: t.Type<Accelerator, unknown> = t.keyof({ gpu: null, 'software gpu': null, none: null })

/** What the process that starts a backend says of it. */
const message = t.union([
  struct({ started: struct({ name: t.string, device: t.string, accelerator, version: t.string }) }),
  struct({ failed: struct({ type: t.literal('BackendError'), backend: t.string, message: t.string, hint: t.string }) }),
])
type Message = t.TypeOf<typeof message>

/** Starts a backend in this process and tells the one that asked for it; then the process ends, whatever the backend holds. */
export const answerProbe = async (name: BackendName): Promise<never> => {
  const answer = await pipe(
    startProven(name, {}),
    TE.match(
      (failed): Message => ({ failed }),
      ({ info }): Message => ({ started: info }),
    ),
  )()
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(answer)}\n`)
  else await new Promise<void>((resolve) => process.send?.(message.encode(answer), () => resolve()))
  process.exit()
}

/**
 * Starts backends in processes of their own: one that crashes, hangs or writes to the terminal takes nothing else with it.
 * `script` is run with the arguments that make it `answerProbe`.
 */
export const probeApart =
  (script: string, argumentsOf: (name: string) => readonly string[], seconds: number): Probe =>
  (name) =>
    new Promise((resolve) => {
      const child = fork(script, argumentsOf(name), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
      let found: Outcome | undefined
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, 1000 * seconds)
      const lastWords = listen(child)
      child.on('message', (data) => {
        found = outcomeOf(data)
      })
      child.on('error', () => {})
      child.on('close', (code, signal) => {
        clearTimeout(timer)
        const end = isLate ? `it did not start within ${seconds} s` : `it crashed (${signal ?? `exit code ${code}`})`
        resolve(found ?? E.left(crash(name, end, lastWords())))
      })
    })

const outcomeOf = (data: unknown): Outcome | undefined => {
  const decoded = message.decode(data)
  if (E.isLeft(decoded)) return undefined
  return 'started' in decoded.right ? E.right(decoded.right.started) : E.left(decoded.right.failed)
}

/** The last line that a process wrote to stderr. */
const listen = ({ stderr }: ChildProcess): (() => string) => {
  let text = ''
  stderr?.on('data', (chunk: Buffer) => {
    text = `${text}${chunk.toString()}`.slice(-2000)
  })
  return () => text.trim().split('\n').at(-1) ?? ''
}

const crash = (backend: string, end: string, said: string): BackendError => ({
  type: 'BackendError',
  backend,
  message: said === '' ? end : `${end}: ${said}`,
  hint: `\`saddle backends --probe ${backend}\` shows all that it says.`,
})
