import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import { proven } from '../backends/core/proof.ts'
import { preference } from '../backends/start/auto.ts'
import { namesIn } from '../backends/start/catalogue.ts'
import { type Started, startFirst } from '../backends/start/startFirst.ts'
import type { BackendError } from '../errors/backendError.ts'
import { inChildProcess } from './childProcess.ts'

/** A backend by name, and which better ones could not be taken. */
export interface Chosen {
  readonly name: string
  /** What the event of the start says of it. */
  readonly said: Omit<Started, 'backend'>
}

/** What `auto` takes. It is tried in processes of their own: one that crashes is passed over, and nothing else is loaded. */
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
