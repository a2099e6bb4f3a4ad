import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import { proven } from '../backends/core/proof.ts'
import { preference } from '../backends/start/auto.ts'
import { namesIn } from '../backends/start/catalogue.ts'
import { type Started, startFirst } from '../backends/start/startFirst.ts'
import type { BackendError } from '../errors/backendError.ts'
import { inChildProcess } from './childProcess.ts'

/** The chosen backend, and the better ones that did not start. */
export interface Chosen {
  readonly name: string
  /** The part of the event `started` about this choice. */
  readonly said: Omit<Started, 'backend'>
}

/** Chooses a backend for `auto`. Tries each in its own process, so that a crash only rules out that one. */
export const chooseBackend: TE.TaskEither<BackendError, Chosen> = pipe(
  startFirst(preference, new Set(namesIn('node')), (name) => startProven(name)),
  TE.map(({ backend, ...said }) => {
    backend.dispose?.()
    return { name: backend.info.name, said }
  }),
)

const startProven = (name: string): TE.TaskEither<BackendError, Backend> =>
  pipe(
    inChildProcess(name, {}),
    TE.flatMap(({ backend }) => proven(backend)),
  )
