import { fileURLToPath } from 'node:url'
import type * as TE from '#fp-ts/TaskEither'
import type { BackendOptions } from '../backends/core/backend.ts'
import type { Timed } from '../backends/core/timed.ts'
import { librariesHome } from '../backends/libraries/home.ts'
import { type Server, startInChildProcess } from '../backends/process/startInChildProcess.ts'
import type { BackendError } from '../errors/backendError.ts'

/** The command line as a process that holds a backend: see `addServe`. CUDA and libtensorflow take their time to load. */
const server = (): Server => ({
  // The same place from a bundle as from here.
  script: fileURLToPath(new URL('../cli/main.js', import.meta.url)),
  arguments: ['serve-backend'],
  seconds: 90,
  // It runs in another folder, from which a relative path would lead elsewhere.
  env: { SADDLEPOINT_HOME: librariesHome() },
})

/** Starts a backend in a process of its own. */
export const inChildProcess = (name: string, options: BackendOptions): TE.TaskEither<BackendError, Timed> =>
  startInChildProcess(server(), name, options)
