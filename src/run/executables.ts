import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Executable, Store } from '../backends/core/backend.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { Program } from '../ir/program.ts'

/** The compiled programs of a store. Compiles each program once, on first use. */
export interface Executables {
  readonly of: (program: Program) => TE.TaskEither<BackendError, Executable>
  readonly dispose: () => void
}

export const createExecutables = (store: Store): Executables => {
  const made = new Map<Program, Executable>()
  const make = (program: Program): TE.TaskEither<BackendError, Executable> =>
    pipe(
      store.compile(program),
      TE.tapIO((executable) => () => made.set(program, executable)),
    )
  return {
    of: (program) => {
      const known = made.get(program)
      return known === undefined ? make(program) : TE.right(known)
    },
    dispose: () => {
      for (const executable of made.values()) executable.dispose()
      made.clear()
    },
  }
}
