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

/** A script of Node with arguments that make it `serve`. */
export interface Server {
  readonly script: string
  readonly arguments: readonly string[]
  /** What is added to the environment. */
  readonly env?: NodeJS.ProcessEnv
  /** How long a backend may take to start. */
  readonly seconds: number
}

/**
 * Starts a backend in a process of its own: one that crashes or writes to the terminal takes nothing else with it, and two
 * that can't share a process need not. Disposing of it ends the process.
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
  // Numbers keep what JSON would lose: NaN, infinities, and that they are float32.
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
    // What can't be sent any more is answered when the process is closed.
    child.send({ id, request }, () => {})
  }
  return {
    ask: (request) => () =>
      // An answer is of its request's type: `serve` is typed so.
      new Promise((resolve) => send(request, resolve as Settle)),
    // It has nothing to lose, and one that hangs would not listen.
    end: () => void child.kill('SIGKILL'),
  }
}

/** The last line that a process wrote to stderr. */
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

/** What is not waited for is done in its turn all the same. */
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
