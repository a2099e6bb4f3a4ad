import { fileURLToPath } from 'node:url'
import type * as TE from '#fp-ts/TaskEither'
import type { BackendOptions } from '../backends/core/backend.ts'
import type { Timed } from '../backends/core/timed.ts'
import { librariesHome } from '../backends/libraries/home.ts'
import { type Server, startInChildProcess } from '../backends/process/startInChildProcess.ts'
import type { BackendError } from '../errors/backendError.ts'

/** The command that starts a process with a backend: see `addServe`. Loading CUDA and libtensorflow takes long. */
const server = (): Server => ({
  // The path is the same from a bundle as from this file.
  script: fileURLToPath(new URL('../cli/main.js', import.meta.url)),
  arguments: ['serve-backend'],
  seconds: 90,
  // The process runs in another folder, so the path must be absolute.
  env: { SADDLEPOINT_HOME: librariesHome() },
})

/** Starts a backend in a child process. */
export const inChildProcess = (name: string, options: BackendOptions): TE.TaskEither<BackendError, Timed> =>
  startInChildProcess(server(), name, options)
