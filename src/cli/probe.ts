import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendInfo } from '../backends/core/backend.ts'
import { proven } from '../backends/core/proof.ts'
import type { Timed } from '../backends/core/timed.ts'
import { within } from '../backends/core/within.ts'
import type { BackendError } from '../errors/backendError.ts'
import { inChildProcess } from './childProcess.ts'

/** In seconds: a backend that takes longer to add two numbers hangs. */
const patience = 60

/** Tests in a child process whether a backend starts and computes. */
export const probe = (name: string): TE.TaskEither<BackendError, BackendInfo> =>
  TE.bracket<BackendError, Timed, BackendInfo>(
    inChildProcess(name, {}),
    ({ backend }) =>
      pipe(
        proven(backend),
        within(patience, () => hanging(name)),
        TE.map(({ info }) => info),
      ),
    ({ backend }) => TE.fromIO(() => backend.dispose?.()),
  )

const hanging = (backend: string): BackendError => ({
  type: 'BackendError',
  backend,
  message: `it starts, but computes nothing within ${patience} s`,
  hint: 'Update the driver of its device, or use another backend.',
})
