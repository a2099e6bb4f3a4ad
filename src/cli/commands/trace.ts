import { type Command, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../../data/openFiles.ts'
import { trace } from '../../measure/trace.ts'
import { prepareGame } from '../../run/prepare.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { fail } from '../failure.ts'
import { loadSpec } from '../loadSpec.ts'
import { hintMoved } from '../movedData.ts'
import { type Assignment, assignments, natural } from '../options.ts'
import { withSettings } from '../settings.ts'
import { showTrace } from '../show/showTrace.ts'

interface Options {
  readonly step: number
  readonly set?: readonly Assignment[]
  readonly json?: true
}

const help = `
For small games: draws, the value of every layer and expression, costs, gradients, and how each number of the state moves.
All is computed in float64 by the reference, which is slow. Long tensors are cut; --json has them whole.
Exit codes: 0 done, 1 failed, 2 wrong usage.

Examples:
  saddle trace faces.ts
  saddle trace ring.ts --set batch=2 --step 10
`

export const addTrace = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('trace')
    .summary('one step of a game, number by number')
    .description('Prints all that one step of a game computes.')
    .argument(
      '<SPEC>',
      'a game in TypeScript or JavaScript, which is run, or in JSON, which is not; or the spec.json of a run',
    )
    .option('--step <N>', 'the step to print, from 0; those before it are played first', natural, 0)
    .option('--set <PATH=VALUE>', "change a field of the spec's JSON, as often as wanted", assignments)
    .addOption(new Option('--json', 'as JSON'))
    .addHelpText('after', help)
    .action(async (spec: string, options: Options) => onExit(await run(spec, options)))
}

const run = async (path: string, options: Options): Promise<ExitCode> => {
  const { step, set = [], json } = options
  const traced = await pipe(
    loadSpec(path),
    TE.bind('changed', ({ game }) => TE.fromEither(withSettings(game, set))),
    TE.flatMap(({ changed, baseDirectory }) =>
      pipe(
        prepareGame(changed, { openFiles: openFiles(baseDirectory) }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
      ),
    ),
    TE.map((ready) => trace(ready, step)),
  )()
  if (E.isLeft(traced)) return fail(traced.left, options)
  process.stdout.write(json === true ? `${JSON.stringify(traced.right, undefined, 2)}\n` : showTrace(traced.right))
  return exitCodes.done
}
