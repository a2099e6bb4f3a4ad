import type { Command } from 'commander'
import { plain, reportBackends } from '../backendsReport.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { probe } from '../probe.ts'
import { showBackends } from '../show/showBackends.ts'
import { addBackendsInstall } from './backendsInstall.ts'
import { addBackendsRemove } from './backendsRemove.ts'

interface Options {
  readonly json?: true
}

const help = `
Each backend is started in a process of its own, and computes a little.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`

export const addBackends = (program: Command, onExit: (code: ExitCode) => void): void => {
  const backends = program
    .command('backends')
    .summary('what can compute here')
    .description('Lists every backend: whether it starts here and on what, or why not and how to get it.')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (options: Options) => onExit(await run(options)))
  addBackendsInstall(backends, onExit)
  addBackendsRemove(backends, onExit)
}

const run = async ({ json }: Options): Promise<ExitCode> => {
  const found = await reportBackends(probe)
  process.stdout.write(json === true ? `${JSON.stringify(plain(found), undefined, 2)}\n` : showBackends(found))
  return exitCodes.done
}
