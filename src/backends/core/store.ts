import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { Executable, Store } from './backend.ts'
import { checkDraws, checkLengths, checkWrite } from './checks.ts'
import type { Compile, Compiled } from './compiled.ts'
import { misuse } from './error.ts'
import type { Memory, Tensors } from './memory.ts'
import { createReferenceCounts, type ReferenceCounts } from './referenceCounts.ts'
import { withinLimits } from './withinLimits.ts'

/** The shared parts of a store and all its forks. */
interface Ground<T> {
  readonly memory: Memory<T>
  readonly compile: Compile<T>
  readonly references: ReferenceCounts<T>
}

const disposedOf = (what: string): string => `the ${what} is used after it was disposed of`

const copied = (tensors: HostTensors): HostTensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
  )

const uploaded = <T>(memory: Memory<T>, tensors: HostTensors): TE.TaskEither<BackendError, Tensors<T>> =>
  pipe(
    TE.fromEither(checkLengths(memory.backend, tensors)),
    TE.flatMap(() =>
      withinLimits(
        memory,
        Object.entries(tensors).map(([name, { shape }]) => ({ name: `state '${name}'`, shape })),
      ),
    ),
    TE.flatMap(() => memory.upload(tensors)),
  )

/**
 * A store keeps the present state and the previous one. Tensors are immutable, so keeping the previous state and sharing states between
 * forks costs nothing.
 */
const storeOf = <T>(ground: Ground<T>, initial: Tensors<T>): Store => {
  const { memory, compile, references } = ground
  let current = initial
  let previous = initial
  let isDisposed = false
  references.keep(current)
  references.keep(previous)

  const change = (next: Tensors<T>): void => {
    references.keep(next)
    references.drop(previous)
    previous = current
    current = next
  }
  const disposed = <A>(what: string): E.Either<BackendError, A> => E.left(misuse(memory.backend, disposedOf(what)))
  /** Changes the state at the end of a write or a run. If the store was disposed of meanwhile, frees the new tensors. */
  const replace = (tensors: Tensors<T>): E.Either<BackendError, void> => {
    if (!isDisposed) return E.right(change({ ...current, ...tensors }))
    references.keep(tensors)
    references.drop(tensors)
    return disposed('store')
  }
  /** Keeps the state alive while it is used, even if it changes meanwhile. */
  const using =
    <A>(use: (state: Tensors<T>) => TE.TaskEither<BackendError, A>): TE.TaskEither<BackendError, A> =>
    async () => {
      if (isDisposed) return disposed('store')
      const state = current
      references.keep(state)
      try {
        return await use(state)()
      } finally {
        references.drop(state)
      }
    }
  const mustLive = (): void => {
    if (isDisposed) throw new Error(`broken invariant: ${disposedOf('store')}`)
  }

  const executableOf = (program: Program, compiled: Compiled<T>): Executable => {
    let isLetGo = false
    return {
      run: (feeds) =>
        using((state) =>
          pipe(
            TE.fromEither(isLetGo ? disposed('program') : checkDraws(memory.backend, program, feeds)),
            TE.flatMap(() => compiled.run(state, feeds)),
            TE.flatMapEither(({ written, metrics }) =>
              pipe(
                replace(written),
                E.map(() => metrics),
              ),
            ),
          ),
        ),
      dispose: () => {
        if (!isLetGo) compiled.dispose()
        isLetGo = true
      },
    }
  }

  return {
    compile: (program) =>
      using(() =>
        pipe(
          compile(program),
          TE.map((compiled) => executableOf(program, compiled)),
        ),
      ),
    read: () => using((state) => TE.map(copied)(memory.view(state))),
    look: (see) => using((state) => TE.map(see)(memory.view(state))),
    write: (values) =>
      using((state) => {
        const shapeOf = (name: string) => {
          const tensor = state[name]
          return tensor === undefined ? undefined : memory.shapeOf(tensor)
        }
        return pipe(
          TE.fromEither(checkWrite(memory.backend, shapeOf, values)),
          TE.flatMap(() => uploaded(memory, values)),
          TE.flatMapEither(replace),
        )
      }),
    undo: () => {
      mustLive()
      change(previous)
    },
    fork: () => {
      mustLive()
      return storeOf(ground, current)
    },
    dispose: () => {
      if (isDisposed) return
      isDisposed = true
      references.drop(current)
      references.drop(previous)
    },
  }
}

/** Makes the stores of a backend from its device's memory and its compiler. */
export const createStore =
  <T>(memory: Memory<T>, compile: Compile<T>) =>
  (initial: HostTensors): TE.TaskEither<BackendError, Store> =>
    pipe(
      uploaded(memory, initial),
      TE.map((tensors) => storeOf({ memory, compile, references: createReferenceCounts(memory.free) }, tensors)),
    )
