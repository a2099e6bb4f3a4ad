import { availableParallelism } from 'node:os'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import * as TE from '#fp-ts/TaskEither'
import { defaultBackend } from '../../backends/registry.ts'
import { openFiles } from '../../data/openFiles.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { sameShape } from '../../ir/program.ts'
import { type RunError, runError, type TrainError } from '../errors.ts'
import type { TrainEvent } from '../events.ts'
import { type Prepared, prepare } from '../prepare.ts'
import { type PlayOptions, play, type Trained } from '../train.ts'
import type { Donor } from '../transfer.ts'
import { writeFileAtomic } from './atomic.ts'
import type { FileError } from './fileError.ts'
import { folderRecorder } from './folderRecorder.ts'
import { cutLog } from './jsonl.ts'
import { withLock } from './lock.ts'
import { type FoundCheckpoint, type OpenedRun, openCheckpoint, openRun, showSpec } from './openRun.ts'
import {
  beginRun,
  createNamedRun,
  createRun,
  hasNotBegun,
  type RunPaths,
  removeCheckpoints,
  removeTemporaries,
} from './runFolder.ts'
import { anew, checkSameRun, type RunInfo, showRunInfo } from './runInfo.ts'
import { specDifference, specHash } from './specHash.ts'
import { stillSaved } from './stillSaved.ts'
import { version } from './version.ts'

interface Options {
  /** `onnx` where absent; a resumed run's own. */
  readonly backend?: string
  /** As many as there are cores, where absent; a resumed run's own. */
  readonly threads?: number
  /** Where relative paths of data start: the spec's folder. The present one where absent. */
  readonly baseDirectory?: string
  /** Ends the run within a second, with a checkpoint. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: TrainEvent) => void
}

/** Where a new run is kept, and what it starts with. */
export interface RunOptions extends Options {
  /** The run's folder, new or empty; where absent, `runs/NAME`, or `runs/NAME-2` where that is taken, and so on. */
  readonly out?: string
  readonly name?: string
  /** The folder of a run whose networks this one starts with. */
  readonly from?: string
  /** A checkpoint and samples each time so many steps are done; twenty times a run where absent, but not more often than every 50. */
  readonly saveEvery?: number
}

/** From which checkpoint a run goes on. */
export interface ResumeOptions extends Options {
  /** The step of a checkpoint; the newest where absent. */
  readonly step?: number
}

/** A run that is kept in a folder. */
export interface TrainedRun extends Trained {
  readonly folder: string
  readonly paths: RunPaths
}

/** Runs of a few steps save at the end. */
const shortestSave = 50

/** At most so many lines of costs are kept, at even distances. */
const mostLines = 2000

/**
 * Trains a game, and keeps its spec, what it was made with, costs, checkpoints and samples in a new folder. Left is why it
 * could not start, or what ended it; what was saved before stays.
 */
export const trainRun = (game: GameSpec, options: RunOptions = {}): TE.TaskEither<TrainError, TrainedRun> => {
  const { backend = defaultBackend, threads = availableParallelism(), baseDirectory = '.', out, name = 'run' } = options
  const cadence = {
    saveEvery: options.saveEvery ?? Math.max(shortestSave, Math.ceil(game.steps / 20)),
    costsEvery: Math.max(1, Math.ceil(game.steps / mostLines)),
  }
  return pipe(
    donorOf(options.from),
    TE.bindTo('donor'),
    TE.bindW('prepared', () => prepare(game, { backend, threads, openFiles: openFiles(baseDirectory) })),
    TE.bindW('paths', () => (out === undefined ? createNamedRun('runs', name) : createRun(out))),
    TE.flatMap(({ donor, prepared, paths }) => {
      const info = { ...infoOf(prepared, threads, cadence), ...(donor !== undefined && { from: donor.name }) }
      const begun = pipe(
        beginRun(paths),
        TE.flatMap(() => writeFileAtomic(paths.spec, showSpec(game, baseDirectory, paths.folder))),
        TE.flatMap(() => writeFileAtomic(paths.info, showRunInfo(info))),
        TE.flatMap(() => playIn(paths, info, prepared, options, donor === undefined ? {} : { donor })),
      )
      return withLock(paths.folder, begun)
    }),
  )
}

/**
 * Goes on with a run exactly as if it had never stopped; left where it could not be exact. `game` may have more steps than
 * the run had; where it is absent, it is the one that the folder has.
 */
export const resumeRun = (
  folder: string,
  game: GameSpec | undefined,
  options: ResumeOptions = {},
): TE.TaskEither<TrainError, TrainedRun> =>
  pipe(
    openRun(folder),
    TE.flatMap((run) => {
      const resumed = resume(
        run,
        game ?? run.game,
        game === undefined ? { ...options, baseDirectory: folder } : options,
      )
      return withLock(folder, resumed)
    }),
  )

const resume = (run: OpenedRun, game: GameSpec, options: ResumeOptions): TE.TaskEither<TrainError, TrainedRun> => {
  const { paths, info } = run
  const { backend = info.backend.name, threads = info.threads, baseDirectory = '.' } = options
  const asked = { ...info, seed: game.seed, threads, backend: { ...info.backend, name: backend } }
  return pipe(
    TE.fromEither(checkSameSpec(run, game)),
    TE.flatMapEither(() => checkSameRun(paths.folder, info, asked)),
    TE.flatMap(() => prepare(game, { backend, threads, openFiles: openFiles(baseDirectory) })),
    TE.bindTo('prepared'),
    TE.chainFirstEitherKW(({ prepared }) => checkSameRun(paths.folder, info, infoOf(prepared, threads, info))),
    TE.bindW('from', () => startOf(run, options.step)),
    TE.chainFirstEitherKW(({ prepared, from }) =>
      from === undefined ? E.right(undefined) : checkState(prepared, from),
    ),
    TE.chainFirstW(({ from }) => (from === undefined ? removeTemporaries(paths) : rewind(paths, from.step))),
    TE.chainFirstW(() =>
      game.steps === run.game.steps
        ? TE.right(undefined)
        : writeFileAtomic(paths.spec, showSpec(game, baseDirectory, paths.folder)),
    ),
    TE.flatMap(({ prepared, from }) => playIn(paths, info, prepared, options, from === undefined ? {} : { from })),
  )
}

/** A run that was killed before its first checkpoint starts as it would have, unless that takes another run's networks. */
const startOf = (
  run: OpenedRun,
  step: number | undefined,
): TE.TaskEither<FileError | RunError, FoundCheckpoint | undefined> =>
  pipe(
    step === undefined && run.info.from === undefined ? hasNotBegun(run.paths.folder) : TE.right(false),
    TE.flatMap((isNew) => (isNew ? TE.right(undefined) : openCheckpoint(run, step))),
  )

const playIn = (
  paths: RunPaths,
  info: RunInfo,
  prepared: Prepared,
  { signal, onEvent }: Options,
  start: Pick<PlayOptions, 'from' | 'donor'>,
): TE.TaskEither<TrainError, TrainedRun> =>
  pipe(
    play(prepared, {
      ...start,
      recorder: folderRecorder(paths, prepared.compiled.game, info),
      saveEvery: info.saveEvery,
      ...(signal !== undefined && { signal }),
      ...(onEvent !== undefined && { onEvent }),
    }),
    TE.orElse((error): TE.TaskEither<TrainError, Trained> => stillSaved(error)),
    TE.map((trained) => ({ ...trained, folder: paths.folder, paths })),
  )

const infoOf = (
  { compiled: { game }, backend, suppliers }: Prepared,
  threads: number,
  { saveEvery, costsEvery }: Pick<RunInfo, 'saveEvery' | 'costsEvery'>,
): RunInfo => ({
  format: 1,
  saddlepoint: version,
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  backend: backend.info,
  threads,
  seed: game.seed,
  spec: specHash(game),
  data: Object.fromEntries(
    Object.entries(suppliers).flatMap(([name, supplier]) =>
      supplier.type === 'rows' && supplier.rows.hash !== undefined ? [[name, supplier.rows.hash]] : [],
    ),
  ),
  saveEvery,
  costsEvery,
})

const donorOf = (folder: string | undefined): TE.TaskEither<TrainError, Donor | undefined> =>
  folder === undefined
    ? TE.right(undefined)
    : pipe(
        openRun(folder),
        TE.flatMap(openCheckpoint),
        TE.map(({ state, path }) => ({ name: path, state })),
      )

const checkSameSpec = ({ paths, info, game }: OpenedRun, now: GameSpec): E.Either<RunError, void> => {
  if (specHash(game) !== info.spec)
    return E.left(runError(paths.spec, 'it is not the spec that this run was made with', `Put that one back. ${anew}`))
  const difference = specDifference(game, now)
  if (O.isNone(difference)) return E.right(undefined)
  const message = `it can't be resumed with another spec: ${difference.value}`
  return E.left(runError(paths.folder, message, `Leave out SPEC to go on with the run's own. ${anew}`))
}

/** The state is that of this game, tensor by tensor, and not further than its last step. */
const checkState = ({ compiled: { game, state } }: Prepared, checkpoint: FoundCheckpoint): E.Either<RunError, void> => {
  const { path, step } = checkpoint
  const fits =
    state.length === Object.keys(checkpoint.state).length &&
    state.every(({ name, shape }) => sameShape(checkpoint.state[name]?.shape ?? [-1], shape))
  if (!fits) return E.left(runError(path, 'it does not have the tensors of this game', 'Start a new run.'))
  if (step <= game.steps) return E.right(undefined)
  const message = `it has ${step} steps behind it, but the game has ${game.steps}`
  return E.left(runError(path, message, 'Ask for more steps: --steps N.'))
}

/** What was made after a step is made again. */
const rewind = (paths: RunPaths, step: number): TE.TaskEither<TrainError, void> =>
  pipe(
    removeTemporaries(paths),
    TE.flatMap(() => cutLog(paths.metrics, step)),
    TE.flatMap(() => removeCheckpoints(paths, (other) => other > step)),
  )
