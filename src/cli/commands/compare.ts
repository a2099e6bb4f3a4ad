import { type Command, InvalidArgumentError, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { backendNames, isBackendName } from '../../backends/start/catalogue.ts'
import { openFiles } from '../../data/openFiles.ts'
import { compare } from '../../measure/comparison/compare.ts'
import type { Comparison } from '../../measure/comparison/comparison.ts'
import type { TrainError } from '../../run/errors.ts'
import { prepareGame } from '../../run/prepare.ts'
import { inChildProcess } from '../childProcess.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { fail } from '../failure.ts'
import { loadSpec } from '../loadSpec.ts'
import { hintMoved } from '../movedData.ts'
import { type Assignment, assignments, count, natural, threadsOption } from '../options.ts'
import { withSettings } from '../settings.ts'
import { comparisonJson, showComparison } from '../show/showComparison.ts'

interface Options {
  readonly backends: readonly string[]
  readonly steps: number
  readonly threads?: number
  readonly seed?: number
  readonly set?: readonly Assignment[]
  readonly json?: true
}

const help = `
Each backend first runs by itself, which is timed. Then each step of the reference, in float64, is taken on every backend
from the reference's state: a tensor is off by its largest difference, relative to its largest move. Up to 1e-3, or as much
as rounding alone makes of it, is agreement. Where a step is further off, its first op that differs is searched. How far
all parameters are from the reference's after free runs is reported, not judged: they drift wherever a gradient is 0.

The reference is slow: for a large game, lower the batch.
Exit codes: 0 done, 1 failed, 2 wrong usage. A backend that does not start, fails or differs is a failure.

Examples:
  saddle compare ring.ts --backends onnx,tfjs-wasm
  saddle compare mnist.ts --backends onnx,onnx-webgpu --set batch=4 --steps 5
`

export const addCompare = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('compare')
    .summary('the same game on several backends')
    .description('Runs a game on several backends, and says how far they are from float64 and from each other.')
    .argument(
      '<SPEC>',
      'a game in TypeScript or JavaScript, which is run, or in JSON, which is not; or the spec.json of a run',
    )
    .requiredOption('--backends <NAMES>', `of ${backendNames.join(', ')}, with commas`, backends)
    .option('--steps <N>', 'steps', count, 50)
    .addOption(threadsOption())
    .option('--seed <N>', "seed of all random numbers, instead of the spec's", natural)
    .option('--set <PATH=VALUE>', "change a field of the spec's JSON, as often as wanted", assignments)
    .addOption(new Option('--json', 'as JSON'))
    .addHelpText('after', help)
    .action(async (spec: string, options: Options) => onExit(await run(spec, options)))
}

const backends = (text: string): readonly string[] => {
  const names = [...new Set(text.split(','))]
  const unknown = names.find((name) => !isBackendName(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no backend '${unknown}'.`)
  return names
}

const run = async (path: string, options: Options): Promise<ExitCode> => {
  const compared = await comparison(path, options)()
  if (E.isLeft(compared)) return fail(compared.left, options)
  const found = compared.right
  process.stdout.write(options.json === true ? `${comparisonJson(found)}\n` : showComparison(found))
  return found.backends.every(({ outcome }) => E.isRight(outcome) && outcome.right.verdict.type !== 'differs')
    ? exitCodes.done
    : exitCodes.failed
}

const comparison = (path: string, options: Options): TE.TaskEither<TrainError, Comparison> => {
  const { steps, threads, seed, set = [] } = options
  return pipe(
    loadSpec(path),
    TE.bind('changed', ({ game }) =>
      TE.fromEither(withSettings({ ...game, steps, ...(seed !== undefined && { seed }) }, set)),
    ),
    TE.flatMap(({ changed, baseDirectory }) =>
      pipe(
        prepareGame(changed, { openFiles: openFiles(baseDirectory) }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
      ),
    ),
    TE.flatMapTask((game) =>
      compare(game, {
        backends: options.backends,
        steps,
        start: (name) => inChildProcess(name, threads === undefined ? {} : { threads }),
        onProgress: reporter(),
      }),
    ),
  )
}

/** Milliseconds between lines of the same matter. */
const pause = 2000

/** What is being done, on stderr. */
const reporter = (): ((doing: string, done: number, all: number) => void) => {
  let before = ''
  let next = 0
  return (doing, done, all) => {
    const now = performance.now()
    if (doing === before && now < next && done < all) return
    before = doing
    next = now + pause
    process.stderr.write(`${doing}: ${done}/${all}\n`)
  }
}
