import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { PassedOver } from '../backends/auto.ts'
import type { Backend, BackendError } from '../backends/backend.ts'
import { namesIn } from '../backends/catalogue.ts'
import { proven } from '../backends/proof.ts'
import { startAuto } from '../backends/startAuto.ts'
import { startInProcess } from './apart.ts'

/** A backend by name, and which better ones could not be taken. */
export interface Chosen {
  readonly name: string
  readonly passedOver: readonly PassedOver[]
}

/** What `auto` takes. It is tried in processes of their own: one that crashes is passed over, and nothing else is loaded. */
export const chooseBackend: TE.TaskEither<BackendError, Chosen> = pipe(
  startAuto(new Set(namesIn('node')), (name) => startProven(name)),
  TE.map(({ backend, passedOver }) => {
    backend.dispose?.()
    return { name: backend.info.name, passedOver }
  }),
)

const startProven = (name: string): TE.TaskEither<BackendError, Backend> =>
  pipe(
    startInProcess(name, {}),
    TE.flatMap(({ backend }) => proven(backend)),
  )
