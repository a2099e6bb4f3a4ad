import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import type { Hold } from '../io/hold.ts'
import { version } from '../io/version.ts'
import type { TrainEvent } from '../run/events.ts'
import type { Prepared } from '../run/prepare.ts'
import { type PlayOptions, play, type Trained } from '../run/train.ts'
import { scalesOf } from '../run/units.ts'
import { folderRecorder } from './folderRecorder.ts'
import type { RunPaths } from './runFolder.ts'
import type { RunInfo } from './runInfo.ts'
import { specHash } from './specHash.ts'
import { stillSaved } from './stillSaved.ts'

/** Options of a run in a folder, new or resumed. */
export interface FolderOptions {
  /** The backend. By default `onnx`, or the one that a resumed run had. `auto` takes the best that starts. */
  readonly backend?: string
  /** The number of threads. By default the number of cores, or what a resumed run had. */
  readonly threads?: number
  /** The folder where relative paths of data start, usually that of the spec. By default the current folder. */
  readonly baseDirectory?: string
  /** The most seconds between two checkpoints, besides the regular ones. 600 by default. */
  readonly saveSeconds?: number
  /** Aborting it ends the run within a second, with a checkpoint. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: TrainEvent) => void
}

/** A run that is stored in a folder. */
export interface TrainedRun extends Trained {
  readonly folder: string
  readonly paths: RunPaths
}

/** Trains a prepared game, and records it in a run's folder. */
export const playIn = (
  paths: RunPaths,
  info: RunInfo,
  prepared: Prepared,
  { signal, onEvent, saveSeconds }: FolderOptions,
  start: Pick<PlayOptions, 'from' | 'warmStart'>,
  hold: Hold,
): TE.TaskEither<TrainError, TrainedRun> =>
  pipe(
    play(prepared, {
      ...start,
      recorder: folderRecorder(paths, prepared.compiled.game, info, hold),
      saveEvery: info.saveEvery,
      ...(signal !== undefined && { signal }),
      ...(onEvent !== undefined && { onEvent }),
      ...(saveSeconds !== undefined && { saveSeconds }),
    }),
    TE.orElse((error): TE.TaskEither<TrainError, Trained> => stillSaved(paths, error)),
    TE.map((trained) => ({ ...trained, folder: paths.folder, paths })),
  )

/** The content of a run's run.json. */
export const infoOf = (
  { compiled: { game }, backend, dataSources }: Prepared,
  threads: number,
  { saveEvery, costsEvery, keep }: Pick<RunInfo, 'saveEvery' | 'costsEvery' | 'keep'>,
): RunInfo => {
  const scales = scalesOf(dataSources)
  return {
    format: 1,
    saddlepoint: version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    backend: backend.info,
    threads,
    seed: game.seed,
    spec: specHash(game),
    data: Object.fromEntries(
      Object.entries(dataSources).flatMap(([name, dataSource]) =>
        dataSource.type === 'rows' && dataSource.rows.hash !== undefined ? [[name, dataSource.rows.hash]] : [],
      ),
    ),
    ...(Object.keys(scales).length > 0 && { scales }),
    saveEvery,
    ...(keep !== undefined && { keep }),
    costsEvery,
  }
}
