import type { Command } from 'commander'
import { serve } from '../../backends/process/serve.ts'
import { startBackend } from '../../backends/start/registry.ts'
import type { ExitCode } from '../exit.ts'
import { wrongUsage } from '../exit.ts'

/** What `inChildProcess` starts; it is no command for people. */
export const addServe = (program: Command, onExit: (code: ExitCode) => void): void => {
  program.command('serve-backend', { hidden: true }).action(() => {
    if (process.send === undefined) onExit(wrongUsage('serve-backend is started by saddle itself'))
    else serve(startBackend)
  })
}
