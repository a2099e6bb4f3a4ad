import { availableParallelism } from 'node:os'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../data/openFiles.ts'
import type { TrainError } from '../errors/failure.ts'
import { withLock } from '../io/lock.ts'
import { prepare } from '../run/prepare.ts'
import type { WarmStart, WarmStartWeights } from '../run/transfer.ts'
import type { GameSpec } from '../spec/spec.ts'
import { openCheckpoint, openRun } from './openRun.ts'
import { type FolderOptions, infoOf, playIn, type TrainedRun } from './playIn.ts'
import { beginRun, createNamedRun, createRun } from './runFolder.ts'
import { showRunInfo } from './runInfo.ts'
import { writeSpec } from './specFile.ts'

/** Options of a new run. */
export interface RunOptions extends FolderOptions {
  /** The run's folder, new or empty. By default `runs/NAME`, or `runs/NAME-2` if that is taken, and so on. */
  readonly out?: string
  readonly name?: string
  /** The folder of another run, whose networks this run starts with. */
  readonly from?: string
  /** Which of that run's weights to take: those of its last step (the default), or their average. */
  readonly fromWeights?: WarmStartWeights
  /** After how many steps to save a checkpoint and samples. By default a twentieth of the run, but at least 50. */
  readonly saveEvery?: number
  /** How many checkpoints to keep, or all. 2 by default. */
  readonly keep?: number | 'all'
}

/** The shortest default interval between saves. */
const shortestSave = 50

/** The most lines of costs in the log, at even intervals. */
const mostLines = 2000

/**
 * Trains a game, and writes its spec, run.json, costs, checkpoints and samples to a new folder. Left: why it could not start, or what
 * ended it. What was saved before stays.
 *
 * @example await trainRun(spec, { out: 'runs/ring' })()
 */
export const trainRun = (game: GameSpec, options: RunOptions = {}): TE.TaskEither<TrainError, TrainedRun> => {
  const { backend, threads = availableParallelism(), baseDirectory = '.', out, name = 'run' } = options
  const cadence = {
    saveEvery: options.saveEvery ?? Math.max(shortestSave, Math.ceil(game.steps / 20)),
    costsEvery: Math.max(1, Math.ceil(game.steps / mostLines)),
    ...(options.keep !== undefined && { keep: options.keep }),
  }
  return pipe(
    warmStartOf(options),
    TE.bindTo('warmStart'),
    TE.bindW('prepared', () =>
      prepare(game, { ...(backend !== undefined && { backend }), threads, openFiles: openFiles(baseDirectory) }),
    ),
    TE.bindW('paths', () => (out === undefined ? createNamedRun('runs', name) : createRun(out))),
    TE.flatMap(({ warmStart, prepared, paths }) => {
      const info = {
        ...infoOf(prepared, threads, cadence),
        ...(warmStart !== undefined && { from: warmStart.name, fromWeights: warmStart.weights }),
      }
      return withLock(paths.folder, (hold) =>
        pipe(
          beginRun(paths, hold),
          TE.flatMap(() => writeSpec(hold.write, paths.folder, { game, baseDirectory })),
          TE.flatMap(() => hold.write(paths.info, showRunInfo(info))),
          TE.flatMap(() => playIn(paths, info, prepared, options, warmStart === undefined ? {} : { warmStart }, hold)),
        ),
      )
    }),
  )
}

const warmStartOf = ({
  from,
  fromWeights = 'last',
}: RunOptions): TE.TaskEither<TrainError, Required<WarmStart> | undefined> =>
  from === undefined
    ? TE.right(undefined)
    : pipe(
        openRun(from),
        TE.flatMap(openCheckpoint),
        TE.map(({ state, path }) => ({ name: path, state, weights: fromWeights })),
      )
