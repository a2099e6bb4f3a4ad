import { join, resolve } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../../errors/failure.ts'
import { type RunError, runError } from '../../errors/runError.ts'
import { showChange } from '../../run/changes.ts'
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
import { command, done, misused, type Outcome, optional } from '../command.ts'
import { commandLine } from '../commandLine.ts'
import { example } from '../example.ts'
import { exitCodes } from '../exit.ts'
import { interruptible } from '../interrupt.ts'
import { type LoadedSpec, loadSpec } from '../loadSpec.ts'
import { hintMoved } from '../movedData.ts'
import { choice, flag, off, text, value } from '../option.ts'
import { type Assignment, anyBackend, count, countOrAll, natural, seed, set, threads } from '../options.ts'
import { resultEvent, resultOf, showResult } from '../result.ts'
import { settled } from '../settings.ts'
import { createMeasuring } from '../show/measuring.ts'
import { createReporter } from '../show/progress.ts'
import { styleOf } from '../show/style.ts'
import { warningsWithLines, withLines } from '../source/withLines.ts'

interface Given {
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

const resuming = ['resume', 'resumeFrom'] as const

export const train = command({
  description: 'Trains a game and keeps it in a folder.',
  argument: optional('[SPEC]', 'the game; with --resume and --out, the run has it; in a checkout, examples/ring.ts'),
  options: {
    backend: anyBackend,
    threads,
    steps: value('N', "steps, instead of the spec's", natural),
    seed,
    out: text('DIR', 'folder of the run, new or empty'),
    saveEvery: value('N', 'steps between checkpoints (default: a twentieth of the run, 50 at least)', count),
    keep: value('N|all', 'how many checkpoints are kept, the newest ones (default: 2)', countOrAll, resuming),
    from: text('RUN', 'start with the networks of another run, matched by name', resuming),
    fromWeights: choice(
      'KIND',
      'which of its weights: those of its last step, or their average (default: last)',
      ['last', 'average'],
      resuming,
    ),
    resume: flag("go on with a run, exactly: that of --out, else the spec's newest"),
    resumeFrom: value('STEP', 'the same, from an earlier checkpoint', natural),
    stretch: flag('with --resume --steps N: let a game whose schedules follow its number of steps have another one'),
    set,
    quiet: flag('show no progress', ['json']),
    json: flag('print events as lines of JSON'),
    summary: off('measure nothing at the end, and draw no picture'),
    summarySteps: value('N', 'steps of a fresh D in the summary, 0 for none (default: 2,500; 300 for images)', natural),
  },
  help,
  run: (options, given) => {
    const isResumed = options.resume === true || options.resumeFrom !== undefined
    const path = given ?? (isResumed && options.out !== undefined ? join(options.out, 'spec.json') : example())
    if (path === undefined) return TE.left(misused('train needs a SPEC; `saddle init` writes one to start from'))
    if (options.stretch === true && !isResumed) return TE.left(misused('--stretch goes with --resume and --steps'))
    const loaded = given === undefined && isResumed ? loadKept(path) : loadSpec(path)
    return trainAndMeasure(loaded, isResumed ? resumed : begun, options)
  },
})

const trainAndMeasure = (
  spec: TE.TaskEither<TrainError, LoadedSpec>,
  start: Start,
  options: Given,
): TE.TaskEither<TrainError, Outcome> => {
  const reporter = createReporter(styleOf(options))
  return () =>
    interruptible(
      async ({ signal, listen, release }) => {
        const trained = await pipe(
          spec,
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
        if (E.isLeft(trained)) return trained
        if (trained.right.reason === 'interrupted') return E.right(interrupted(trained.right))
        return signal.aborted ? E.right({ code: exitCodes.interrupted }) : finish(trained.right, options)()
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

const isShown = ({ json, quiet }: Given): boolean => json !== true && quiet !== true

type Start = (
  loaded: LoadedSpec,
  options: Given,
  onEvent: (event: TrainEvent) => void,
  signal: AbortSignal,
) => TE.TaskEither<TrainError, TrainedRun>

const given = <K extends keyof Given>(options: Given, ...keys: readonly K[]): Pick<Given, K> =>
  // Only what is there is copied, so that each has its type.
  Object.fromEntries(keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))) as Pick<Given, K>

/** Events whose warnings have the lines of the program. After --set, the program no longer says what the spec is. */
const inProgram =
  ({ set }: Given, program: string | undefined, onEvent: (event: TrainEvent) => void) =>
  (event: TrainEvent): void =>
    onEvent(
      event.type === 'started' && set === undefined
        ? { ...event, warnings: warningsWithLines(program, event.warnings) }
        : event,
    )

const begun: Start = ({ game, name, baseDirectory, program }, options, onEvent, signal) =>
  pipe(
    settled({ ...game, ...given(options, 'steps', 'seed') }, options.set),
    TE.flatMap((changed) =>
      pipe(
        trainRun(changed, {
          ...given(options, 'backend', 'threads', 'out', 'saveEvery', 'keep', 'from', 'fromWeights'),
          name,
          baseDirectory,
          signal,
          onEvent: inProgram(options, program, onEvent),
        }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
        withLines(options.set === undefined ? program : undefined),
      ),
    ),
  )

/** A run keeps its own number of steps unless another one is asked for. */
const resumed: Start = ({ game, name, baseDirectory, program }, options, onEvent, signal) =>
  pipe(
    options.out === undefined ? latestRun('runs', name) : TE.right(options.out),
    TE.bindTo('folder'),
    TE.bindW('kept', ({ folder }) => openRun(folder)),
    TE.bindW('asked', ({ folder, kept }) =>
      TE.fromEither(isOwn(baseDirectory, folder) ? E.right(kept.game) : checkSameSpec(folder, kept.game, game)),
    ),
    TE.bindW('changed', ({ kept, asked }) =>
      settled({ ...asked, steps: kept.game.steps, ...given(options, 'steps', 'seed') }, options.set),
    ),
    TE.flatMap(({ folder, changed }) =>
      pipe(
        resumeRun(folder, changed, {
          ...given(options, 'backend', 'threads', 'stretch'),
          ...(options.resumeFrom !== undefined && { step: options.resumeFrom }),
          baseDirectory,
          signal,
          onEvent: inProgram(options, program, onEvent),
        }),
        TE.mapLeft(hintMoved(changed, baseDirectory)),
        withLines(options.set === undefined ? program : undefined),
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

const interrupted = ({ step, compiled, folder }: TrainedRun): Outcome => {
  const at = `interrupted at step ${step} of ${compiled.game.steps}; to go on:`
  return { code: exitCodes.interrupted, err: `${at}\n  ${commandLine('train', '--resume', '--out', folder)}\n` }
}

const finish = (trained: TrainedRun, options: Given): TE.TaskEither<TrainError, Outcome> => {
  if (!options.summary) return TE.right(done(options.json === true ? '' : `run  ${trained.folder}\n`))
  // A signal ends what follows at once, so that this is said before it.
  if (isShown(options)) process.stderr.write(`saved in ${trained.folder}; measuring what it has learned ...\n`)
  const { onProgress, stop } = createMeasuring(styleOf(options))
  const steps = options.summarySteps
  return async () => {
    const result = await resultOf(trained, { onProgress, ...(steps !== undefined && { steps }) })()
    stop()
    return pipe(
      result,
      E.map((found) => done(options.json === true ? `${resultEvent(found)}\n` : showResult(found))),
    )
  }
}
