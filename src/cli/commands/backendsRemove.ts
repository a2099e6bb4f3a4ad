import { Argument, type Command } from 'commander'
import * as E from '#fp-ts/Either'
import { librariesHome } from '../../backends/libraries/home.ts'
import { findLibrary, libraryNames } from '../../backends/libraries/libraries.ts'
import { type ExitCode, exitCodes, wrongUsage } from '../exit.ts'
import { fail } from '../failure.ts'

const help = `
Exit codes: 0 done, 1 failed, 2 wrong usage.

Example:
  saddle backends remove tfjs-node-gpu
`

export const addBackendsRemove = (backends: Command, onExit: (code: ExitCode) => void): void => {
  backends
    .command('remove')
    .summary('remove the libraries of a backend')
    .description('Removes what `saddle backends install` brought, and what is left of its downloads.')
    .addArgument(new Argument('<NAME>', 'the backend').choices(libraryNames))
    .addHelpText('after', help)
    .action(async (name: string) => onExit(await run(name)))
}

const run = async (name: string): Promise<ExitCode> => {
  const library = findLibrary(name)
  if (library === undefined) return wrongUsage(`nothing is ever installed for ${name}`)
  const removed = await library.remove(librariesHome())()
  if (E.isLeft(removed)) return fail(removed.left)
  process.stderr.write(removed.right ? `${name} is removed\n` : `${name} was not installed\n`)
  return exitCodes.done
}
