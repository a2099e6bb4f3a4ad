import { fileURLToPath } from 'node:url'
import { type Command, Option } from 'commander'
import { isBackendName } from '../backends/catalogue.ts'
import { addBackendsInstall } from './backendsInstall.ts'
import { addBackendsRemove } from './backendsRemove.ts'
import { plain, reportBackends } from './backendsReport.ts'
import { type ExitCode, exitCodes, wrongUsage } from './exit.ts'
import { answerProbe, probeApart } from './probe.ts'
import { showBackends } from './showBackends.ts'

interface Options {
  readonly json?: true
  readonly probe?: string
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
    .addOption(new Option('--probe <NAME>', 'start one, and tell the process that asks').hideHelp())
    .addHelpText('after', help)
    .action(async (options: Options) => onExit(await run(options)))
  addBackendsInstall(backends, onExit)
  addBackendsRemove(backends, onExit)
}

/** CUDA and libtensorflow take their time where a disk is cold. */
const patience = 90

const run = async ({ json, probe }: Options): Promise<ExitCode> => {
  if (probe !== undefined) return isBackendName(probe) ? answerProbe(probe) : wrongUsage(`there is no backend ${probe}`)
  const script = fileURLToPath(new URL('./main.js', import.meta.url))
  const found = await reportBackends(probeApart(script, (name) => ['backends', '--probe', name], patience))
  process.stdout.write(json === true ? `${JSON.stringify(plain(found), undefined, 2)}\n` : showBackends(found))
  return exitCodes.done
}
