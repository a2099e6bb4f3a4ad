import { fileURLToPath } from 'node:url'
import type * as TE from '#fp-ts/TaskEither'
import { type Server, startApart } from '../apart/startApart.ts'
import type { BackendError, BackendOptions } from '../backends/backend.ts'
import type { Timed } from '../backends/timed.ts'

/** The command line as a process that holds a backend: see `addServe`. From a bundle it is as far as from here. CUDA and libtensorflow take their time to load. */
const server: Server = {
  script: fileURLToPath(new URL('../cli/main.js', import.meta.url)),
  arguments: ['serve-backend'],
  seconds: 90,
}

/** Starts a backend in a process of its own. */
export const startInProcess = (name: string, options: BackendOptions): TE.TaskEither<BackendError, Timed> =>
  startApart(server, name, options)
