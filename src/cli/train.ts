import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, Option } from 'commander'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { defaultBackend } from '../backends/registry.ts'
import { showError, type TrainError } from '../training/errors.ts'
import type { TrainEvent } from '../training/events.ts'
import { readSpec } from '../training/files/openRun.ts'
import type { TrainedRun } from '../training/files/playIn.ts'
import { resumeRun } from '../training/files/resumeRun.ts'
import { latestRun } from '../training/files/runFolder.ts'
import { trainRun } from '../training/files/trainRun.ts'
import { chooseBackend } from './chooseBackend.ts'
import { type ExitCode, exitCodes, fail, wrongUsage } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { type LoadedSpec, loadSpec } from './loadSpec.ts'
import { createMeasuring } from './measuring.ts'
import { type Assignment, assignments, backendOption, count, natural } from './options.ts'
import { createReporter } from './progress.ts'
import { resultEvent, resultOf, showResult } from './result.ts'
import { withSettings } from './settings.ts'

interface Options {
  readonly backend?: string
  readonly threads?: number
  readonly steps?: number
  readonly seed?: number
  readonly out?: string
  readonly saveEvery?: number
  readonly from?: string
  readonly resume?: true
  readonly resumeFrom?: number
  readonly set?: readonly Assignment[]
  readonly quiet?: true
  readonly json?: true
  readonly summary: boolean
  readonly summarySteps?: number
}

const help = `
SPEC is a TypeScript, JavaScript or JSON file with a game; relative paths of data in it start at its folder.
A run is a folder: spec.json, run.json, metrics.jsonl, checkpoints/ (safetensors), samples/, picture.png. Without
--out it is runs/NAME after the spec's file, or runs/NAME-2 where that is taken, and so on.

A run goes on exactly on the backend that it was on. With --backend it goes on anywhere, equal within rounding, and
run.json says from which step on. \`saddle backends\` lists what starts here.

Ctrl-C saves a checkpoint and ends within a second; a second Ctrl-C quits at once.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle train ring.ts --set batch=64 --set optimizers.generator.lr=1e-4
  saddle train --resume --out runs/ring
`

export const addTrain = (program: Command, onExit: (code: ExitCode) => void): void => {
  program
    .command('train')
    .summary('train a game')
    .description('Trains a game and keeps it in a folder.')
    .argument('[SPEC]', 'the game; with --resume and --out, the run has it; in a checkout, examples/ring.ts')
    .addOption(backendOption(`what computes; auto: the best that starts (default: ${defaultBackend})`))
    .option('--threads <N>', 'CPU threads (default: as many as there are cores)', count)
    .option('--steps <N>', "steps, instead of the spec's", natural)
    .option('--seed <N>', "seed of all random numbers, instead of the spec's", natural)
    .option('--out <DIR>', 'folder of the run, new or empty')
    .option('--save-every <N>', 'steps between checkpoints (default: a twentieth of the run, 50 at least)', count)
    .addOption(new Option('--from <RUN>', 'start with the networks of another run').conflicts(['resume', 'resumeFrom']))
    .option('--resume', "go on with a run, exactly: that of --out, else the spec's newest")
    .option('--resume-from <STEP>', 'the same, from an earlier checkpoint', natural)
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
  const reporter = createReporter(styleOf(options))
  return interruptible(
    async (signal, listen) => {
      const start = isResumed ? resumed : begun
      const trained = await pipe(
        loadSpec(path),
        TE.bindTo('loaded'),
        TE.bindW('chosen', () => (options.backend === 'auto' ? chooseBackend : TE.right(undefined))),
        TE.flatMap(({ loaded, chosen }) => {
          const onEvent = (event: TrainEvent): void => {
            if (event.type === 'started') listen()
            const isChosen = event.type === 'started' && chosen !== undefined
            reporter.onEvent(isChosen ? { ...event, passedOver: chosen.passedOver } : event)
          }
          const backend = chosen?.name ?? options.backend
          return start(loaded, backend === undefined ? options : { ...options, backend }, onEvent, signal)
        }),
      )()
      reporter.stop()
      if (E.isLeft(trained)) return fail(showError(trained.left))
      return trained.right.reason === 'interrupted'
        ? interrupted(trained.right)
        : finish(trained.right, options, signal)
    },
    () => reporter.stop(),
  )
}

/** In a checkout there is something to start with. */
const example = (): string | undefined => {
  const path = fileURLToPath(new URL('../../examples/ring.ts', import.meta.url))
  return existsSync(path) ? relative('.', path) : undefined
}

const styleOf = ({ json, quiet }: Options) => {
  if (json === true) return 'json'
  if (quiet === true) return 'quiet'
  return process.stderr.isTTY ? 'bar' : 'lines'
}

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
      trainRun(changed, {
        ...given(options, 'backend', 'threads', 'out', 'saveEvery', 'from'),
        name,
        baseDirectory,
        signal,
        onEvent,
      }),
    ),
  )

/** A run keeps its own number of steps unless another one is asked for. */
const resumed: Start = ({ game, name, baseDirectory }, options, onEvent, signal) =>
  pipe(
    options.out === undefined ? latestRun('runs', name) : TE.right(options.out),
    TE.bindTo('folder'),
    TE.bindW('kept', ({ folder }) => readSpec(join(folder, 'spec.json'))),
    TE.bindW('changed', ({ kept }) =>
      TE.fromEither(
        withSettings({ ...game, steps: kept.steps, ...given(options, 'steps', 'seed') }, options.set ?? []),
      ),
    ),
    TE.flatMap(({ folder, changed }) =>
      resumeRun(folder, changed, {
        ...given(options, 'backend', 'threads'),
        ...(options.resumeFrom !== undefined && { step: options.resumeFrom }),
        baseDirectory,
        signal,
        onEvent,
      }),
    ),
  )

/** How this program was called, for what is to be typed next. */
const self = (): string => {
  const script = process.env.npm_lifecycle_event
  if (script === 'start') return 'npm start --'
  return script === 'saddle' ? 'npm run saddle -- train' : 'saddle train'
}

const interrupted = ({ step, compiled, folder }: TrainedRun): ExitCode => {
  const at = `interrupted at step ${step} of ${compiled.game.steps}; to go on:`
  process.stderr.write(`${at}\n  ${self()} --resume --out ${folder}\n`)
  return exitCodes.interrupted
}

const finish = async (trained: TrainedRun, options: Options, signal: AbortSignal): Promise<ExitCode> => {
  if (!options.summary) {
    if (options.json !== true) process.stdout.write(`run  ${trained.folder}\n`)
    return exitCodes.done
  }
  const { onProgress, stop } = createMeasuring(styleOf(options))
  const steps = options.summarySteps
  const result = await resultOf(trained, { signal, onProgress, ...(steps !== undefined && { steps }) })()
  stop()
  if (E.isLeft(result)) return fail(showError(result.left))
  process.stdout.write(options.json === true ? `${resultEvent(result.right)}\n` : showResult(result.right))
  return signal.aborted ? exitCodes.interrupted : exitCodes.done
}
