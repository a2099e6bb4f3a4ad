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
SPEC is a TypeScript, JavaScript or JSON file with a game. Relative paths of data in it start at its folder.
A spec in TypeScript or JavaScript is a program that runs with your rights, so read specs of others first. A spec in JSON
runs nothing.
A run is a folder: spec.json, run.json, metrics.jsonl, checkpoints/ (safetensors), samples/, picture.png. Without --out it
is runs/NAME, after the spec's file, or runs/NAME-2 if that is taken, and so on.

--resume continues a run exactly. With --set, it continues with changed numbers and the old weights and optimizer memory;
run.json records the change. A change of the state's tensors is refused. If schedules depend on the number of steps, a new
--steps needs --stretch.
A run continues on its own backend. With --backend it continues on any other, equal within rounding; run.json records from
which step on. \`saddle backends\` lists the backends that start here.

A checkpoint is saved every --save-every steps, and at least every ten minutes. The newest two are kept, or as --keep says.

Ctrl-C finishes the current step, saves a checkpoint and ends; so do SIGTERM and a closed terminal. A second Ctrl-C quits
at once. Before the first step and during the summary there is nothing to save, and Ctrl-C ends at once. If stdout is
closed, training continues. With --json, an error is also an event on stdout: {"type":"error", ...}.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.

Examples:
  saddle train ring.ts --set batch=64 --set optimizers.generator.lr=1e-4
  saddle train --resume --out runs/ring
  saddle train --resume --out runs/ring --steps 12000 --stretch
`

const resuming = ['resume', 'resumeFrom'] as const

export const train = command({
  description: 'Trains a game and records it in a folder.',
  argument: optional(
    '[SPEC]',
    'the game; not needed with --resume --out; in a checkout the default is examples/ring.ts',
  ),
  options: {
    backend: anyBackend,
    threads,
    steps: value('N', "number of steps, instead of the spec's", natural),
    seed,
    out: text('DIR', 'folder of the run, new or empty'),
    saveEvery: value('N', 'steps between checkpoints (default: a twentieth of the run, at least 50)', count),
    keep: value('N|all', 'how many of the newest checkpoints to keep (default: 2)', countOrAll, resuming),
    from: text('RUN', 'start with the networks of another run, matched by name', resuming),
    fromWeights: choice(
      'KIND',
      'which of its weights: those of its last step, or their average (default: last)',
      ['last', 'average'],
      resuming,
    ),
    resume: flag('resume a run exactly: that of --out, else the newest run of SPEC'),
    resumeFrom: value('STEP', 'resume from an earlier checkpoint', natural),
    stretch: flag('with --resume --steps N: stretch schedules that depend on the number of steps'),
    set,
    quiet: flag('show no progress', ['json']),
    json: flag('print events as JSON, one per line'),
    summary: off('skip the measurements and the picture at the end'),
    summarySteps: value(
      'N',
      'steps to train a fresh D for the summary, 0 for none (default: 2,500; 300 for images)',
      natural,
    ),
  },
  help,
  run: (options, given) => {
    const isResumed = options.resume === true || options.resumeFrom !== undefined
    const path = given ?? (isResumed && options.out !== undefined ? join(options.out, 'spec.json') : example())
    if (path === undefined) return TE.left(misused('train needs a SPEC; `saddle init` writes one to start from'))
    if (options.stretch === true && !isResumed) return TE.left(misused('--stretch needs --resume and --steps'))
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

/** The spec that a run has recorded. */
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
  // Copies only options that are given, to satisfy exactOptionalPropertyTypes.
  Object.fromEntries(keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))) as Pick<Given, K>

/** Adds the user's lines to warnings in events. Not after --set, because the program then differs from the spec. */
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

/** A resumed run keeps its number of steps, unless --steps is given. */
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

/** Whether a spec is the run's own. */
const isOwn = (baseDirectory: string, folder: string): boolean => resolve(baseDirectory) === resolve(folder)

/** A spec given with --resume must be that of the run. Use --set to change it. */
const checkSameSpec = (folder: string, kept: GameSpec, game: GameSpec): E.Either<RunError, GameSpec> => {
  const [change] = specChanges(kept, game)
  if (change === undefined) return E.right(game)
  const message = `SPEC is not the run's own: ${showChange(change)}`
  const line = commandLine('train', '--resume', '--out', folder, '--set', 'PATH=VALUE')
  return E.left(
    runError(folder, message, `Omit SPEC to continue with the run's own. To change a field of it:\n  ${line}`),
  )
}

const interrupted = ({ step, compiled, folder }: TrainedRun): Outcome => {
  const at = `interrupted at step ${step} of ${compiled.game.steps}; to continue:`
  return { code: exitCodes.interrupted, err: `${at}\n  ${commandLine('train', '--resume', '--out', folder)}\n` }
}

const finish = (trained: TrainedRun, options: Given): TE.TaskEither<TrainError, Outcome> => {
  if (!options.summary) return TE.right(done(options.json === true ? '' : `run  ${trained.folder}\n`))
  // A signal ends the measuring at once, so say first where the run is saved.
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
