import * as TE from '#fp-ts/TaskEither'
import { serve as serveBackend } from '../../backends/process/serve.ts'
import { startBackend } from '../../backends/start/registry.ts'
import { command, misused } from '../command.ts'
import { exitCodes } from '../exit.ts'

/** What `inChildProcess` starts; it is no command for people. It ends with the process that started it. */
export const serve = command({
  description: '',
  options: {},
  help: '',
  run: () => {
    if (process.send === undefined) return TE.left(misused('serve-backend is started by saddle itself'))
    serveBackend(startBackend)
    return TE.right({ code: exitCodes.done })
  },
})
