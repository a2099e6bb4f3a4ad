import * as TE from '#fp-ts/TaskEither'
import { serve as serveBackend } from '../../backends/process/serve.ts'
import { startBackend } from '../../backends/start/registry.ts'
import { command, misused } from '../command.ts'
import { exitCodes } from '../exit.ts'

/** The command that `inChildProcess` starts, not meant for people. It ends with the process that started it. */
export const serve = command({
  description: '',
  options: {},
  help: '',
  run: () => {
    if (process.send === undefined) return TE.left(misused('only saddle itself starts serve-backend'))
    serveBackend(startBackend)
    return TE.right({ code: exitCodes.done })
  },
})
