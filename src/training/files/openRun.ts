import { existsSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { decode, encode } from '../../dsl/codec.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { invalidSpec, type RunError, runError, type TrainError } from '../errors.ts'
import { type Checkpoint, checkpointName, readCheckpoint } from './checkpoint.ts'
import type { FileError } from './fileError.ts'
import { mapPaths } from './paths.ts'
import { readText } from './readFile.ts'
import { checkpointSteps, hasNotBegun, type RunPaths, runPaths } from './runFolder.ts'
import { type RunInfo, readRunInfo } from './runInfo.ts'

/** A run as its folder has it. Relative paths of data in its game start at the folder. */
export interface OpenedRun {
  readonly paths: RunPaths
  readonly info: RunInfo
  readonly game: GameSpec
}

/** Some editors put a byte order mark before the text; where the bytes are no UTF-8, what replaces them stands first. */
const parseJson =
  (path: string) =>
  (text: string): E.Either<TrainError, unknown> =>
    text.startsWith('\ufffd')
      ? E.left(runError(path, 'expected text in UTF-8, found another encoding', 'Save it as UTF-8.'))
      : E.tryCatch(
          () => JSON.parse(text.replace(/^\ufeff/, '')),
          (cause) => runError(path, `expected JSON: ${String(cause)}`, 'Correct the file.'),
        )

/** A game as a JSON file has it; left is all that is wrong with it. */
export const readSpec = (path: string): TE.TaskEither<TrainError, GameSpec> =>
  pipe(
    readText(path),
    TE.flatMapEither(parseJson(path)),
    TE.flatMapEither((value) => pipe(decode(value), E.mapLeft(invalidSpec))),
  )

/** The game as text for a folder: relative paths, which start at `baseDirectory`, are written from that folder. */
export const showSpec = (game: GameSpec, baseDirectory: string, folder: string): string => {
  const moved = (path: string): string =>
    isAbsolute(path) ? path : relative(folder, resolve(baseDirectory, path)).replaceAll('\\', '/')
  return `${JSON.stringify(encode(mapPaths(game, moved)), undefined, 2)}\n`
}

/** A run from its folder; left where there is none, or where its files are damaged. */
export const openRun = (folder: string): TE.TaskEither<TrainError, OpenedRun> => {
  const paths = runPaths(folder)
  return pipe(
    readRunInfo(paths.info),
    TE.orElse((error): TE.TaskEither<TrainError, RunInfo> => notBegun(paths, error)),
    TE.bindTo('info'),
    TE.bindW('game', () => readSpec(paths.spec)),
    TE.map(({ info, game }) => ({ paths, info, game })),
  )
}

/** A run that was killed at its very start has a spec, but does not say yet what it is made with. */
const notBegun = ({ folder, spec, info }: RunPaths, error: FileError | RunError): TE.TaskEither<TrainError, never> =>
  existsSync(spec) && !existsSync(info)
    ? pipe(
        hasNotBegun(folder),
        TE.flatMap((isSo) => TE.left(isSo ? runError(folder, 'it was stopped before it began', startAgain) : error)),
      )
    : TE.left(error)

const startAgain = 'Start it again, as before, without --resume.'

/** A checkpoint and where it is. */
export interface FoundCheckpoint extends Checkpoint {
  readonly path: string
}

/**
 * A checkpoint of a run: the newest, or that of a step. Left: one that is damaged is named, and so is the one before it.
 */
export const openCheckpoint = (run: OpenedRun, step?: number): TE.TaskEither<FileError | RunError, FoundCheckpoint> =>
  pipe(
    checkpointSteps(run.paths),
    TE.flatMap((steps): TE.TaskEither<FileError | RunError, FoundCheckpoint> => {
      const chosen = step ?? steps[0]
      return chosen !== undefined && steps.includes(chosen)
        ? readOne(run, chosen, instead(steps, chosen))
        : TE.left(absent(run.paths, steps, step))
    }),
  )

const readOne = ({ paths, info }: OpenedRun, step: number, hint: string) => {
  const path = join(paths.checkpoints, checkpointName(step))
  const other = (): FileError | RunError => runError(path, 'it is the checkpoint of another spec or step', hint)
  return pipe(
    readCheckpoint(path, hint),
    TE.filterOrElse((found) => found.step === step && found.spec === info.spec, other),
    TE.map((found) => ({ ...found, path })),
  )
}

const instead = (steps: readonly number[], step: number): string => {
  const before = steps.find((other) => other < step)
  return before === undefined
    ? 'There is none before it: start a new run.'
    : `Go on from the one before it, of step ${before}: --resume-from ${before}`
}

const absent = ({ checkpoints }: RunPaths, steps: readonly number[], step: number | undefined): RunError => {
  const message = step === undefined ? 'there is no checkpoint' : `there is no checkpoint of step ${step}`
  return runError(checkpoints, message, steps.length === 0 ? startAgain : `There are those of ${steps.join(', ')}.`)
}
