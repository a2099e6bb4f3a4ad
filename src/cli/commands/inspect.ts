import { type Command, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Compiled, compile } from '../../compile/compile.ts'
import { print } from '../../ir/print.ts'
import { invalidSpec } from '../../run/errors.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { fail } from '../failure.ts'
import { inspect } from '../inspection.ts'
import { loadSpec } from '../loadSpec.ts'
import { showInspection } from '../show/showInspection.ts'

interface Options {
  readonly json?: true
  readonly latex?: true
  readonly program?: true
}

const help = `
Nothing is trained, and no data is read.
Exit codes: 0 done, 1 failed, 2 wrong usage.
`

export const addInspect = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('inspect')
    .summary('what a game is, and what theory says of it')
    .description("Prints a game's networks, objectives and theory.")
    .argument(
      '<SPEC>',
      'a game in TypeScript or JavaScript, which is run, or in JSON, which is not; or the spec.json of a run',
    )
    .addOption(new Option('--json', 'as JSON, with the game itself').conflicts(['latex', 'program']))
    .addOption(new Option('--latex', 'with formulas in LaTeX').conflicts('program'))
    .option('--program', 'the listing of the program that is one step of the game')
    .addHelpText('after', help)
    .action(async (spec: string, options: Options) => onExit(await run(spec, options)))
}

const run = async (path: string, options: Options): Promise<ExitCode> => {
  const compiled = await pipe(
    loadSpec(path),
    TE.flatMapEither(({ game }) => pipe(compile(game), E.mapLeft(invalidSpec))),
  )()
  if (E.isLeft(compiled)) return fail(compiled.left, options)
  process.stdout.write(show(compiled.right, options))
  return exitCodes.done
}

const show = (compiled: Compiled, { json, latex, program }: Options): string => {
  if (program === true) return print(compiled.step)
  const found = inspect(compiled)
  return json === true
    ? `${JSON.stringify(found, undefined, 2)}\n`
    : showInspection(found, latex === true ? 'latex' : 'text')
}
