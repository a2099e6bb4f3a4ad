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

/** What a run in a folder is made with, new or resumed. */
export interface FolderOptions {
  /** `onnx` where absent; a resumed run's own. `auto` takes the best that starts. */
  readonly backend?: string
  /** As many as there are cores, where absent; a resumed run's own. */
  readonly threads?: number
  /** Where relative paths of data start: the spec's folder. The present one where absent. */
  readonly baseDirectory?: string
  /** A checkpoint at least each time so many seconds have passed, besides those after so many steps; 600 where absent. */
  readonly saveSeconds?: number
  /** Ends the run within a second, with a checkpoint. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: TrainEvent) => void
}

/** A run that is kept in a folder. */
export interface TrainedRun extends Trained {
  readonly folder: string
  readonly paths: RunPaths
}

/** Plays a game that is prepared, and keeps it in a run's folder. */
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

/** What a run is made with. */
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
