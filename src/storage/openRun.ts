import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import type { FileError } from '../errors/fileError.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { earlierSpecs } from '../run/history.ts'
import type { GameSpec } from '../spec/spec.ts'
import { checkpointName, readCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpointBytes.ts'
import { checkpointSteps } from './checkpointFolder.ts'
import { nowPlayed } from './gameAt.ts'
import { hasNotBegun, type RunPaths, runPaths } from './runFolder.ts'
import { type RunInfo, readRunInfo } from './runInfo.ts'
import { readSpec } from './specFile.ts'

/** A run, read from its folder. Relative paths of data in its game start at the folder. */
export interface OpenedRun {
  readonly paths: RunPaths
  readonly info: RunInfo
  readonly game: GameSpec
  /** The game in spec.json. It lacks the last change if the process was killed between writing run.json and spec.json. */
  readonly written: GameSpec
}

/** The hint if a run has no spec. */
export const specIsGone = 'Correct the path. A run without its spec.json can continue only once that file is restored.'

/**
 * Reads a run from its folder. Left: there is no run, or its files are damaged.
 *
 * @example
 * const run = await openRun('runs/ring')()
 * if (run._tag === 'Right') console.log(run.right.game.steps)
 */
export const openRun = (folder: string): TE.TaskEither<TrainError, OpenedRun> => {
  const paths = runPaths(folder)
  return pipe(
    readRunInfo(paths.info),
    TE.orElse((error): TE.TaskEither<TrainError, RunInfo> => notBegun(paths, error)),
    TE.bindTo('info'),
    TE.bindW('game', () => readSpec(paths.spec, specIsGone)),
    TE.map(({ info, game }) => ({ paths, info, written: game, game: nowPlayed(info, game) })),
  )
}

/** A run that was killed right at its start has a spec.json but no run.json yet. */
const notBegun = ({ folder, spec, info }: RunPaths, error: FileError | RunError): TE.TaskEither<TrainError, never> =>
  existsSync(spec) && !existsSync(info)
    ? pipe(
        hasNotBegun(folder),
        TE.flatMap((isSo) => TE.left(isSo ? runError(folder, 'it was stopped before it began', startAgain) : error)),
      )
    : TE.left(error)

const startAgain = 'Start it again with the same command, without --resume.'

/** A checkpoint and its path. */
export interface FoundCheckpoint extends Checkpoint {
  readonly path: string
}

/** The option of the command line that takes the step of a checkpoint. */
type StepOption = '--resume-from' | '--step'

/**
 * Opens a run's newest checkpoint, or that of a step. Left: it is missing or damaged; the error names the one before it.
 *
 * @example
 * const run = await openRun('runs/ring')()
 * if (run._tag === 'Right') console.log(await openCheckpoint(run.right)())
 */
export const openCheckpoint = (
  run: OpenedRun,
  step?: number,
  option: StepOption = '--resume-from',
): TE.TaskEither<FileError | RunError, FoundCheckpoint> =>
  pipe(
    checkpointSteps(run.paths),
    TE.flatMap((steps): TE.TaskEither<FileError | RunError, FoundCheckpoint> => {
      const chosen = step ?? steps[0]
      return chosen !== undefined && steps.includes(chosen)
        ? readOne(run, chosen, instead(steps, chosen, option))
        : absent(run.paths, steps, step)
    }),
  )

const readOne = ({ paths, info }: OpenedRun, step: number, hint: string) => {
  const path = join(paths.checkpoints, checkpointName(step))
  const other = (): FileError | RunError => runError(path, 'it is the checkpoint of another spec or step', hint)
  return pipe(
    readCheckpoint(path, hint),
    TE.filterOrElse((found) => found.step === step && [info.spec, ...earlierSpecs(info)].includes(found.spec), other),
    TE.map((found) => ({ ...found, path })),
  )
}

const instead = (steps: readonly number[], step: number, option: StepOption): string => {
  const before = steps.find((other) => other < step)
  return before === undefined
    ? 'There is none before it: start a new run.'
    : `${verbs[option]} the one before it, of step ${before}: ${option} ${before}`
}

const verbs: { readonly [O in StepOption]: string } = { '--resume-from': 'Go on from', '--step': 'Take' }

const statesAreGone = 'All checkpoints of this run are gone, so it can not continue. Start a new run in another folder.'

const absent = (
  { folder, checkpoints }: RunPaths,
  steps: readonly number[],
  step: number | undefined,
): TE.TaskEither<FileError | RunError, never> => {
  const message = step === undefined ? 'there is no checkpoint' : `there is no checkpoint of step ${step}`
  const fail = (hint: string) => TE.left<FileError | RunError, never>(runError(checkpoints, message, hint))
  return steps.length > 0
    ? fail(`It has checkpoints of steps ${steps.join(', ')}.`)
    : pipe(
        hasNotBegun(folder),
        TE.flatMap((isSo) => fail(isSo ? startAgain : statesAreGone)),
      )
}
