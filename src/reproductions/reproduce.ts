import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { using } from '../backends/core/using.ts'
import type { TrainError } from '../errors/failure.ts'
import { version } from '../io/version.ts'
import { type Prepared, type PrepareOptions, prepare } from '../run/prepare.ts'
import { type PlayOptions, play, type Trained } from '../run/train.ts'
import type { GameSpec } from '../spec/spec.ts'
import { specHash } from '../storage/specHash.ts'
import { measure } from './measure.ts'
import { ownSamples } from './ownSamples.ts'
import type { Row } from './protocol.ts'
import { type TrainedClassifier, trainClassifier } from './trainClassifier.ts'
import type { Trial } from './trial.ts'

/** One training that is to be done. */
export interface Task {
  readonly row: Row
  readonly seed: number
  readonly steps: number
}

/** Of all that a trial trains. */
const hashOf = ({ first, game }: Row): string => [...(first === undefined ? [] : [first]), game].map(specHash).join('+')

/** What makes a trial the one of a task: nothing that its numbers depend on has changed. */
const isOf = ({ row, seed, steps }: Task, trial: Trial): boolean =>
  trial.row === row.name && trial.seed === seed && trial.steps === steps && trial.spec === hashOf(row)

/** What is still to be trained: every row once with the seed 1, then with 2, and so on. */
export const tasksOf = (
  rows: readonly Row[],
  {
    trials,
    stepsOf,
    done,
  }: { readonly trials: number; readonly stepsOf: (full: number) => number; readonly done: readonly Trial[] },
): readonly Task[] =>
  Array.from({ length: trials }, (_, i) => i + 1)
    .flatMap((seed) => rows.map((row): Task => ({ row, seed, steps: stepsOf(row.game.steps) })))
    .filter((task) => !done.some((trial) => isOf(task, trial)))

export interface ReproduceOptions extends PrepareOptions, Pick<PlayOptions, 'signal' | 'onEvent'> {
  readonly onTask?: (what: string) => void
  /** Keeps a trial as soon as it is there. */
  readonly keep: (trial: Trial) => TE.TaskEither<TrainError, void>
}

type Reason = 'finished' | 'interrupted'

/** Does one task after the other, until the last, a signal or an error; a training that ends in NaN is a trial too. */
export const reproduce = (tasks: readonly Task[], options: ReproduceOptions): TE.TaskEither<TrainError, Reason> =>
  pipe(
    classifierOf(tasks, options),
    TE.flatMap((classifier) =>
      classifier === undefined
        ? runAll(tasks, undefined, options)
        : using(TE.right(classifier), () => runAll(tasks, classifier, options)),
    ),
  )

const runAll =
  (
    tasks: readonly Task[],
    classifier: TrainedClassifier | undefined,
    options: ReproduceOptions,
  ): TE.TaskEither<TrainError, Reason> =>
  async () => {
    for (const [i, task] of tasks.entries()) {
      if (options.signal?.aborted === true) return E.right('interrupted')
      options.onTask?.(`${task.row.name}, seed ${task.seed} (${i + 1} of ${tasks.length})`)
      const done = await pipe(
        run(task, classifier, options),
        TE.flatMap((trial) => (trial === undefined ? TE.right(undefined) : options.keep(trial))),
      )()
      if (E.isLeft(done)) return done
    }
    return E.right(options.signal?.aborted === true ? 'interrupted' : 'finished')
  }

const classifierOf = (
  tasks: readonly Task[],
  { onTask, ...options }: ReproduceOptions,
): TE.TaskEither<TrainError, TrainedClassifier | undefined> => {
  const evaluation = tasks.map(({ row }) => row.evaluation).find(({ type }) => type === 'stacked')
  if (evaluation?.type !== 'stacked') return TE.right(undefined)
  onTask?.('the classifier that judges')
  return trainClassifier(evaluation.classifier, options)
}

/** Undefined where it was interrupted. */
const run = (
  task: Task,
  classifier: TrainedClassifier | undefined,
  options: ReproduceOptions,
): TE.TaskEither<TrainError, Trial | undefined> => {
  const began = performance.now()
  return pipe(
    warmStartOf(task, options),
    TE.flatMap((warmStart) => {
      if (warmStart?.reason === 'interrupted') return TE.right(undefined)
      const from =
        warmStart === undefined ? {} : { warmStart: { name: 'what was trained first', state: warmStart.state } }
      return prepared(task, task.row.game, options, (ready) =>
        playAndMeasure(task, ready, classifier, { ...options, ...from, began }),
      )
    }),
  )
}

/** The game of a trial, as long as its share of all steps, for as long as it is used. */
const prepared = <A>(
  { row, seed, steps }: Task,
  game: GameSpec,
  options: PrepareOptions,
  use: (prepared: Prepared) => TE.TaskEither<TrainError, A>,
): TE.TaskEither<TrainError, A> => {
  const share = Math.max(1, Math.round((game.steps * steps) / row.game.steps))
  return pipe(
    prepare({ ...ownSamples(game, seed), steps: share, seed }, options),
    TE.flatMap((ready) => using(TE.right(ready.backend), () => use(ready))),
  )
}

/** What is trained before the row's game, where there is such. */
const warmStartOf = (task: Task, options: ReproduceOptions): TE.TaskEither<TrainError, Trained | undefined> =>
  task.row.first === undefined
    ? TE.right(undefined)
    : prepared(task, task.row.first, options, (ready) => play(ready, options))

const playAndMeasure = (
  task: Task,
  prepared: Prepared,
  classifier: TrainedClassifier | undefined,
  { began, ...options }: PlayOptions & { readonly began: number },
): TE.TaskEither<TrainError, Trial | undefined> => {
  const trialOf = (outcome: Pick<Trial, 'values' | 'diverged'>): Trial => ({
    row: task.row.name,
    seed: task.seed,
    steps: task.steps,
    spec: hashOf(task.row),
    ...outcome,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    saddlepoint: version,
    platform: `${process.platform}-${process.arch}`,
    backend: {
      name: prepared.backend.info.name,
      version: prepared.backend.info.version,
      device: prepared.backend.info.device,
    },
  })
  return pipe(
    play(prepared, options),
    TE.flatMap(
      (trained): TE.TaskEither<TrainError, Trial | undefined> =>
        trained.reason === 'interrupted'
          ? TE.right(undefined)
          : pipe(
              measure(task.row.evaluation, trained, classifier),
              TE.map((values) => trialOf({ values })),
            ),
    ),
    TE.orElse((error) =>
      error.type === 'Diverged'
        ? TE.right(trialOf({ values: {}, diverged: `${error.at.value} at step ${error.at.step}` }))
        : TE.left(error),
    ),
  )
}
