import { type ChildProcess, fork } from 'node:child_process'
import { dirname } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Backend, BackendOptions, Executable, Store } from '../core/backend.ts'
import type { Timed } from '../core/timed.ts'
import { within } from '../core/within.ts'
import { childEnvironment } from './childEnvironment.ts'
import type { Answers, NumberedAnswer, Request, RequestOf } from './protocol.ts'

/** A Node script whose arguments make it `serve`. */
export interface Server {
  readonly script: string
  readonly arguments: readonly string[]
  /** Additional environment variables. */
  readonly env?: NodeJS.ProcessEnv
  /** The time limit for starting a backend. */
  readonly seconds: number
}

/**
 * Starts a backend in a child process. A crash or output of the backend then affects nothing else, and backends that can't share a process
 * can run side by side. Disposing of it ends the process.
 */
export const startInChildProcess = (
  server: Server,
  name: string,
  options: BackendOptions,
): TE.TaskEither<BackendError, Timed> =>
  TE.flatMap(({ ask, end }: Connection) =>
    pipe(
      ask({ type: 'start', name, options }),
      within(server.seconds, () => late(name, server.seconds)),
      TE.map((info) => timedBackend(ask, end, info)),
      TE.tapError(() => TE.fromIO(end)),
    ),
  )(TE.fromIO(() => connect(server, name)))

type Ask = <T extends Request['type']>(
  request: RequestOf<T> & { readonly type: T },
) => TE.TaskEither<BackendError, Answers[T]>

interface Connection {
  readonly ask: Ask
  readonly end: () => void
}

type Settle = (answer: NumberedAnswer['answer']) => void

const connect = ({ script, arguments: given, env }: Server, name: string): Connection => {
  // Structured clone keeps NaN, infinities and typed arrays, which JSON loses.
  const child = fork(script, given, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    cwd: dirname(script),
    env: childEnvironment({ ...process.env, ...env }),
    serialization: 'advanced',
  })
  const waiting = new Map<number, Settle>()
  const said = listen(child)
  let crashed: BackendError | undefined
  let next = 0
  child.on('message', ({ id, answer }: NumberedAnswer) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  const gone = (how: string): void => {
    crashed ??= crash(name, how, said())
    for (const settle of waiting.values()) settle(E.left(crashed))
    waiting.clear()
  }
  child.on('error', (cause) => gone(cause.message))
  child.on('close', (code, signal) => gone(signal ?? `exit code ${code}`))
  const send = (request: Request, settle: Settle): void => {
    const id = next++
    if (crashed !== undefined) {
      settle(E.left(crashed))
      return
    }
    waiting.set(id, settle)
    // If sending fails, the request is answered when the process closes.
    child.send({ id, request }, () => {})
  }
  return {
    ask: (request) => () =>
      // An answer has its request's type, by the types of `serve`.
      new Promise((resolve) => send(request, resolve as Settle)),
    // SIGKILL: it has nothing to save, and a hanging process would ignore other signals.
    end: () => void child.kill('SIGKILL'),
  }
}

/** The last line of the process's stderr. */
const listen = ({ stderr }: ChildProcess): (() => string) => {
  let text = ''
  stderr?.on('data', (chunk: Buffer) => {
    text = `${text}${chunk.toString()}`.slice(-2000)
  })
  return () => text.trim().split('\n').at(-1) ?? ''
}

const late = (backend: string, seconds: number): BackendError => ({
  type: 'BackendError',
  backend,
  message: `it did not start within ${seconds} s`,
  hint: 'Take another backend, or see what keeps its device.',
})

const crash = (backend: string, end: string, said: string): BackendError => ({
  type: 'BackendError',
  backend,
  message: `it crashed (${end})${said === '' ? '' : `: ${said}`}`,
  hint: 'Update its library, or the driver of its device; or take another backend.',
})

/** Sends a request without waiting for its answer. */
const tell = (task: TE.TaskEither<BackendError, null>): void => void task()

const timedBackend = (ask: Ask, end: () => void, info: Backend['info']): Timed => {
  let spent = 0
  let numbers = 0
  const executableOf = (executable: number): Executable => ({
    run: (feeds) =>
      pipe(
        ask({ type: 'run', executable, feeds }),
        TE.map(({ metrics, seconds }) => {
          spent += seconds
          return metrics
        }),
      ),
    dispose: () => tell(ask({ type: 'disposeExecutable', executable })),
  })
  const storeOf = (store: number): Store => ({
    compile: (program) => {
      const executable = numbers++
      return pipe(
        ask({ type: 'compile', store, executable, program }),
        TE.map(() => executableOf(executable)),
      )
    },
    read: () => ask({ type: 'read', store }),
    write: (values) =>
      pipe(
        ask({ type: 'write', store, values }),
        TE.map(() => undefined),
      ),
    undo: () => tell(ask({ type: 'undo', store })),
    fork: () => {
      const fork = numbers++
      tell(ask({ type: 'fork', store, fork }))
      return storeOf(fork)
    },
    dispose: () => tell(ask({ type: 'disposeStore', store })),
  })
  const backend: Backend = {
    info,
    store: (initial) => {
      const store = numbers++
      return pipe(
        ask({ type: 'store', store, initial }),
        TE.map(() => storeOf(store)),
      )
    },
    dispose: end,
  }
  return { backend, spent: () => spent }
}
