import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Backend, BackendOptions, Executable, Store } from '../core/backend.ts'
import type { Answers, NumberedAnswer, NumberedRequest, Request, RequestOf } from './protocol.ts'

type Start = (name: string, options: BackendOptions) => TE.TaskEither<BackendError, Backend>

type Handlers = {
  readonly [T in Request['type']]: (request: RequestOf<T>) => TE.TaskEither<BackendError, Answers[T]>
}

/** Serves a backend to the parent process. Ends when the parent disconnects. */
export const serve = (start: Start): void => {
  const handlers = handlersOf(start)
  let last: Promise<void> = Promise.resolve()
  // The parent is this program, so messages have this type.
  process.on('message', ({ id, request }: NumberedRequest) => {
    last = last.then(async () => {
      const answered: NumberedAnswer = { id, answer: await answerTo(handlers, request) }
      process.send?.(answered)
    })
  })
  process.on('disconnect', () => process.exit())
  endWithParent()
}

/** Watches the parent process from another thread, because this thread may compute for minutes before it notices a disconnect. */
const endWithParent = (): void => {
  const watch = `
    const { workerData: parent } = require('node:worker_threads')
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 200)
  `
  new Worker(watch, { eval: true, workerData: process.ppid }).unref()
}

const answerTo = async <T extends Request['type']>(
  handlers: Handlers,
  request: RequestOf<T> & { readonly type: T },
): Promise<E.Either<BackendError, Answers[T]>> => {
  try {
    return await handlers[request.type](request)()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return E.left({ type: 'BackendError', backend: '', message, hint: 'This is a fault of saddlepoint.' })
  }
}

const handlersOf = (start: Start): Handlers => {
  let backend: Backend | undefined
  const stores = new Map<number, Store>()
  const executables = new Map<number, Executable>()
  const done = (act: () => void): TE.TaskEither<BackendError, null> =>
    TE.fromIO(() => {
      act()
      return null
    })
  return {
    start: ({ name, options }) =>
      pipe(
        start(name, options),
        TE.map((started) => {
          backend = started
          return started.info
        }),
      ),
    store: ({ store, initial }) =>
      pipe(
        known(backend, 'backend').store(initial),
        TE.flatMap((made) => done(() => stores.set(store, made))),
      ),
    compile: ({ store, executable, program }) =>
      pipe(
        known(stores.get(store), 'store').compile(program),
        TE.flatMap((made) => done(() => executables.set(executable, made))),
      ),
    run: ({ executable, feeds }) => timed(known(executables.get(executable), 'executable').run(feeds)),
    read: ({ store }) => known(stores.get(store), 'store').read(),
    write: ({ store, values }) =>
      pipe(
        known(stores.get(store), 'store').write(values),
        TE.map(() => null),
      ),
    undo: ({ store }) => done(known(stores.get(store), 'store').undo),
    fork: ({ store, fork }) => done(() => stores.set(fork, known(stores.get(store), 'store').fork())),
    disposeStore: ({ store }) =>
      done(() => {
        known(stores.get(store), 'store').dispose()
        stores.delete(store)
      }),
    disposeExecutable: ({ executable }) =>
      done(() => {
        known(executables.get(executable), 'executable').dispose()
        executables.delete(executable)
      }),
  }
}

const known = <A>(value: A | undefined, what: string): A => {
  if (value === undefined) throw new Error(`broken invariant: there is no such ${what}`)
  return value
}

const timed =
  (run: TE.TaskEither<BackendError, Answers['run']['metrics']>): TE.TaskEither<BackendError, Answers['run']> =>
  async () => {
    const start = performance.now()
    const result = await run()
    const seconds = (performance.now() - start) / 1000
    return pipe(
      result,
      E.map((metrics) => ({ metrics, seconds })),
    )
  }
