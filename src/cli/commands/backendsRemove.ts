import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { librariesHome } from '../../backends/libraries/home.ts'
import { findLibrary, libraryNames } from '../../backends/libraries/libraries.ts'
import { command, misused, type Outcome, positional } from '../command.ts'
import { exitCodes } from '../exit.ts'

const help = `
Exit codes: 0 done, 1 failed, 2 wrong usage.

Example:
  saddle backends remove tfjs-node-gpu
`

export const backendsRemove = command({
  description: 'Removes what `saddle backends install` installed, and leftovers of its downloads.',
  argument: positional('<NAME>', 'the backend', libraryNames),
  options: {},
  help,
  run: (_, name) =>
    pipe(
      TE.fromNullable(misused(`${name} needs no installed libraries`))(findLibrary(name)),
      TE.flatMap((library) => library.remove(librariesHome())),
      TE.map(
        (removed): Outcome => ({
          code: exitCodes.done,
          err: removed ? `${name} is removed\n` : `${name} was not installed\n`,
        }),
      ),
    ),
})
