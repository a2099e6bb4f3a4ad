import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type RunError, runError } from '../../errors/runError.ts'
import { showChange } from '../../run/changes.ts'
import type { TrainError } from '../../run/errors.ts'
import type { TrainEvent } from '../../run/events.ts'
import type { GameSpec } from '../../spec/spec.ts'
import { openRun, specIsGone } from '../../storage/openRun.ts'
import type { TrainedRun } from '../../storage/playIn.ts'
import { resumeRun } from '../../storage/resumeRun.ts'
import { latestRun } from '../../storage/runFolder.ts'
import { readSpec } from '../../storage/specFile.ts'
import { specChanges } from '../../storage/specHash.ts'
import { trainRun } from '../../storage/trainRun.ts'
import { chooseBackend } from '../chooseBackend.ts'
import { commandLine } from '../commandLine.ts'
import { example } from '../example.ts'
import { type ExitCode, exitCodes, wrongUsage } from '../exit.ts'
import { fail } from '../failure.ts'
import { interruptible } from '../interrupt.ts'
import { type LoadedSpec, loadSpec } from '../loadSpec.ts'
import { hintMoved } from '../movedData.ts'
import { type Assignment, assignments, backendOption, count, countOrAll, natural, threadsOption } from '../options.ts'
import { resultEvent, resultOf, showResult } from '../result.ts'
import { withSettings } from '../settings.ts'
import { createMeasuring } from '../show/measuring.ts'
import { createReporter } from '../show/progress.ts'

interface Options {
  readonly backend?: string
  readonly threads?: number
  readonly steps?: number
  readonly seed?: number
  readonly out?: string
  readonly saveEvery?: number
  readonly keep?: number | 'all'
  readonly from?: string
  readonly fromWeights?: 'last' | 'average'
  readonly resume?: true
  readonly resumeFrom?: number
  readonly stretch?: true
  readonly set?: readonly Assignment[]
  readonly quiet?: true
  readonly json?: true
  readonly summary: boolean
  readonly summarySteps?: number
}

const help = `
SPEC is a TypeScript, JavaScript or JSON file with a game; relative paths of data in it start at its folder.
A spec in TypeScript or JavaScript is a program: it runs with your rights, so read one of somebody else first. A spec in
JSON runs nothing.
A run is a folder: spec.json, run.json, metrics.jsonl, checkpoints/ (safetensors), samples/, picture.png. Without
--out it is runs/NAME after the spec's file, or runs/NAME-2 where that is taken, and so on.

With --resume and --set a run goes on with other numbers and its old memory, and run.json keeps what changed; what would
change its state is refused. A game whose schedules follow its number of steps has another one only with --stretch.

A run goes on exactly on the backend that it was on. With --backend it goes on anywhere, equal within rounding, and
run.json says from which step on. \`saddle backends\` lists what starts here.

A checkpoint is saved each --save-every steps, and at least every ten minutes. The two newest are kept, or as --keep says.

Ctrl-C saves a checkpoint after the step in progress and ends; a second Ctrl-C quits at once. So do SIGTERM and a terminal
that is closed. Before the first step, and while a summary is made, there is nothing to save: Ctrl-C ends at once. Training
goes on when nobody reads its output any more. With --json an error is an event on stdout, too: {"type":"error", ...}.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle train ring.ts --set batch=64 --set optimizers.generator.lr=1e-4
  saddle train --resume --out runs/ring
  saddle train --resume --out runs/ring --steps 12000 --stretch
`

export const addTrain = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('train')
    .summary('train a game')
    .description('Trains a game and keeps it in a folder.')
    .argument('[SPEC]', 'the game; with --resume and --out, the run has it; in a checkout, examples/ring.ts')
    .addOption(backendOption(`what computes; auto: the best that starts (default: onnx)`))
    .addOption(threadsOption())
    .option('--steps <N>', "steps, instead of the spec's", natural)
    .option('--seed <N>', "seed of all random numbers, instead of the spec's", natural)
    .option('--out <DIR>', 'folder of the run, new or empty')
    .option('--save-every <N>', 'steps between checkpoints (default: a twentieth of the run, 50 at least)', count)
    .addOption(
      new Option('--keep <N|all>', 'how many checkpoints are kept, the newest ones (default: 2)')
        .argParser(countOrAll)
        .conflicts(['resume', 'resumeFrom']),
    )
    .addOption(new Option('--from <RUN>', 'start with the networks of another run').conflicts(['resume', 'resumeFrom']))
    .addOption(
      new Option(
        '--from-weights <KIND>',
        'which of its weights: those of its last step, or their average (default: last)',
      )
        .choices(['last', 'average'])
        .conflicts(['resume', 'resumeFrom']),
    )
    .option('--resume', "go on with a run, exactly: that of --out, else the spec's newest")
    .option('--resume-from <STEP>', 'the same, from an earlier checkpoint', natural)
    .option(
      '--stretch',
      'with --resume --steps N: let a game whose schedules follow its number of steps have another one',
    )
    .option('--set <PATH=VALUE>', "change a field of the spec's JSON, as often as wanted", assignments)
    .addOption(new Option('--quiet', 'show no progress').conflicts('json'))
    .option('--json', 'print events as lines of JSON')
    .option('--no-summary', 'measure nothing at the end, and draw no picture')
    .option(
      '--summary-steps <N>',
      'steps of a fresh D in the summary, 0 for none (default: 2,500; 300 for images)',
      natural,
    )
    .addHelpText('after', help)
    .action(async (spec: string | undefined, options: Options) => onExit(await run(spec, options)))
}

const run = async (spec: string | undefined, options: Options): Promise<ExitCode> => {
  const isResumed = options.resume === true || options.resumeFrom !== undefined
  const path = spec ?? (isResumed && options.out !== undefined ? join(options.out, 'spec.json') : example())
  if (path === undefined) return wrongUsage('train needs a SPEC; `saddle init` writes one to start from')
  if (options.stretch === true && !isResumed) return wrongUsage('--stretch goes with --resume and --steps')
  const reporter = createReporter(styleOf(options))
  return interruptible(
    async ({ signal, listen, release }) => {
      const start = isResumed ? resumed : begun
      const trained = await pipe(
        spec === undefined && isResumed ? loadKept(path) : loadSpec(path),
        TE.bindTo('loaded'),
        TE.bindW('chosen', () => (options.backend === 'auto' ? chooseBackend : TE.right(undefined))),
        TE.flatMap(({ loaded, chosen }) => {
          const onEvent = (event: TrainEvent): void => {
            if (event.type === 'started') listen()
            const isChosen = event.type === 'started' && chosen !== undefined
            reporter.onEvent(isChosen ? { ...event, ...chosen.said } : event)
            if (event.type === 'stopped') release()
          }
          const backend = chosen?.name ?? options.backend
          return start(loaded, backend === undefined ? options : { ...options, backend }, onEvent, signal)
        }),
      )()
      reporter.stop()
      if (E.isLeft(trained)) return fail(trained.left, options)
      if (trained.right.reason === 'interrupted') return interrupted(trained.right)
      return signal.aborted ? exitCodes.interrupted : finish(trained.right, options)
    },
    () => reporter.stop(),
  )
}

/** The spec that a run has kept. */
const loadKept = (path: string): TE.TaskEither<TrainError, LoadedSpec> =>
  pipe(
    readSpec(path, specIsGone),
    TE.flatMap(() => loadSpec(path)),
  )

const styleOf = ({ json, quiet }: Options) => {
  if (json === true) return 'json'
  if (quiet === true) return 'quiet'
  return process.stderr.isTTY ? 'bar' : 'lines'
}

const isShown = ({ json, quiet }: Options): boolean => json !== true && quiet !== true

type Start = (
  loaded: LoadedSpec,
  options: Options,
  onEvent: (event: TrainEvent) => void,
  signal: AbortSignal,
) => TE.TaskEither<TrainError, TrainedRun>

const given = <K extends keyof Options>(options: Options, ...keys: readonly K[]): Pick<Options, K> =>
  // Only what is there is copied, so that each has its type.
  Object.fromEntries(keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))) as Pick<
    Options,
    K
  >

const begun: Start = ({ game, name, baseDirectory }, options, onEvent, signal) =>
  pipe(
    TE.fromEither(withSettings({ ...game, ...given(options, 'steps', 'seed') }, options.set ?? [])),
    TE.flatMap((changed) =>
      pipe(
        trainRun(changed, {
          ...given(options, 'backend', 'threads', 'out', 'saveEvery', 'keep', 'from', 'fromWeights'),
          name,
          baseDirectory,
          signal,
          onEvent,
        }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
      ),
    ),
  )

/** A run keeps its own number of steps unless another one is asked for. */
const resumed: Start = ({ game, name, baseDirectory }, options, onEvent, signal) =>
  pipe(
    options.out === undefined ? latestRun('runs', name) : TE.right(options.out),
    TE.bindTo('folder'),
    TE.bindW('kept', ({ folder }) => openRun(folder)),
    TE.bindW('asked', ({ folder, kept }) =>
      TE.fromEither(isOwn(baseDirectory, folder) ? E.right(kept.game) : checkSameSpec(folder, kept.game, game)),
    ),
    TE.bindW('changed', ({ kept, asked }) =>
      TE.fromEither(
        withSettings({ ...asked, steps: kept.game.steps, ...given(options, 'steps', 'seed') }, options.set ?? []),
      ),
    ),
    TE.flatMap(({ folder, changed }) =>
      pipe(
        resumeRun(folder, changed, {
          ...given(options, 'backend', 'threads', 'stretch'),
          ...(options.resumeFrom !== undefined && { step: options.resumeFrom }),
          baseDirectory,
          signal,
          onEvent,
        }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
      ),
    ),
  )

/** Whether a spec is the one that a run's folder has. */
const isOwn = (baseDirectory: string, folder: string): boolean => resolve(baseDirectory) === resolve(folder)

/** A spec that is named with --resume is that of the run; what is to change is said with --set. */
const checkSameSpec = (folder: string, kept: GameSpec, game: GameSpec): E.Either<RunError, GameSpec> => {
  const [change] = specChanges(kept, game)
  if (change === undefined) return E.right(game)
  const message = `SPEC is not the run's own: ${showChange(change)}`
  const line = commandLine('train', '--resume', '--out', folder, '--set', 'PATH=VALUE')
  return E.left(
    runError(folder, message, `Leave out SPEC to go on with the run's own; change a field of it like this:\n  ${line}`),
  )
}

const interrupted = ({ step, compiled, folder }: TrainedRun): ExitCode => {
  const at = `interrupted at step ${step} of ${compiled.game.steps}; to go on:`
  process.stderr.write(`${at}\n  ${commandLine('train', '--resume', '--out', folder)}\n`)
  return exitCodes.interrupted
}

const finish = async (trained: TrainedRun, options: Options): Promise<ExitCode> => {
  if (!options.summary) {
    if (options.json !== true) process.stdout.write(`run  ${trained.folder}\n`)
    return exitCodes.done
  }
  // A signal ends what follows at once, so that this is said before it.
  if (isShown(options)) process.stderr.write(`saved in ${trained.folder}; measuring what it has learned ...\n`)
  const { onProgress, stop } = createMeasuring(styleOf(options))
  const steps = options.summarySteps
  const result = await resultOf(trained, { onProgress, ...(steps !== undefined && { steps }) })()
  stop()
  if (E.isLeft(result)) return fail(result.left, options)
  process.stdout.write(options.json === true ? `${resultEvent(result.right)}\n` : showResult(result.right))
  return exitCodes.done
}
