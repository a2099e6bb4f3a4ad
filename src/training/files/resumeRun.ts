import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../../data/openFiles.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { sameShape } from '../../ir/program.ts'
import { type RunError, runError, type TrainError } from '../errors.ts'
import { type Prepared, prepare } from '../prepare.ts'
import type { WriteFile } from './atomic.ts'
import { isKept, removeCheckpoints } from './checkpointFolder.ts'
import type { FileError } from './fileError.ts'
import { type Circumstances, computedBy, continued, isSame } from './history.ts'
import type { Hold } from './hold.ts'
import { cutLog } from './jsonl.ts'
import { withLock } from './lock.ts'
import { missingParts, withMissing } from './missingParts.ts'
import { type FoundCheckpoint, type OpenedRun, openCheckpoint, openRun, showSpec } from './openRun.ts'
import { type FolderOptions, infoOf, playIn, type TrainedRun } from './playIn.ts'
import { hasNotBegun, type RunPaths, removeTemporaries } from './runFolder.ts'
import { anew, checkSameGame, checkSameRounding, type RunInfo, showRunInfo } from './runInfo.ts'
import { specDifference, specHash } from './specHash.ts'

/** From which checkpoint a run goes on. */
export interface ResumeOptions extends FolderOptions {
  /** The step of a checkpoint; the newest where absent. */
  readonly step?: number
}

/**
 * Goes on with a run exactly as if it had never stopped; left where it could not be exact. Where a backend is named, it goes
 * on there in any case, equal within rounding, and the folder says from which step on. `game` may have more steps than the
 * run had; where it is absent, it is the one that the folder has.
 */
export const resumeRun = (
  folder: string,
  game: GameSpec | undefined,
  options: ResumeOptions = {},
): TE.TaskEither<TrainError, TrainedRun> =>
  pipe(
    openRun(folder),
    TE.flatMap(() =>
      withLock(folder, (hold) =>
        pipe(
          // Once more: another process may have gone on with it before it gave the lock back.
          openRun(folder),
          TE.flatMap((run) =>
            game === undefined
              ? resume(run, run.game, { ...options, baseDirectory: folder }, hold)
              : resume(run, game, options, hold),
          ),
        ),
      ),
    ),
  )

const resume = (
  run: OpenedRun,
  game: GameSpec,
  options: ResumeOptions,
  hold: Hold,
): TE.TaskEither<TrainError, TrainedRun> => {
  const { paths, info } = run
  const { baseDirectory = '.' } = options
  return pipe(
    TE.fromEither(checkSameSpec(run, game)),
    TE.flatMapEither(() => checkSameGame(paths.folder, info, { ...info, seed: game.seed })),
    TE.flatMap(() => startOf(run, options.step)),
    TE.map((from) => ({ from, before: computedBy(info, from?.step ?? 0) })),
    TE.bindW('made', ({ before }) => remade(run, game, before, options)),
    TE.chainFirstEitherKW(({ made, from }) =>
      from === undefined ? E.right(undefined) : checkState(made.prepared, from),
    ),
    TE.let('missing', ({ from }) => (from === undefined ? [] : missingParts(run, from.step))),
    TE.chainFirstW(({ from }) => (from === undefined ? removeTemporaries(paths, hold) : rewind(run, from.step, hold))),
    TE.chainFirstW(() =>
      game.steps === run.game.steps
        ? TE.right(undefined)
        : hold.write(paths.spec, showSpec(game, baseDirectory, paths.folder)),
    ),
    TE.bindW('now', ({ from, made }) => recorded(paths, info, from?.step ?? 0, made.info, hold.write)),
    TE.flatMap(({ made, from, before, now, missing }) =>
      playIn(
        paths,
        now,
        made.prepared,
        said(withMissing(options, missing), before, made.info),
        from === undefined ? {} : { from },
        hold,
      ),
    ),
  )
}

/** The game on a backend once more: by what its steps were computed, unless another backend is named. */
const remade = (
  { paths, info }: OpenedRun,
  game: GameSpec,
  before: Circumstances,
  { backend, threads = before.threads, baseDirectory = '.' }: ResumeOptions,
): TE.TaskEither<TrainError, { readonly prepared: Prepared; readonly info: RunInfo }> => {
  const check = (now: Circumstances): E.Either<RunError, void> =>
    backend === undefined ? checkSameRounding(paths.folder, before, now) : E.right(undefined)
  return pipe(
    TE.fromEither(check({ ...before, threads })),
    TE.flatMap(() =>
      prepare(game, { backend: backend ?? before.backend.name, threads, openFiles: openFiles(baseDirectory) }),
    ),
    TE.map((prepared) => ({ prepared, info: infoOf(prepared, threads, info) })),
    TE.chainFirstEitherKW((made) => checkSameGame(paths.folder, info, made.info)),
    TE.chainFirstEitherKW((made) => check(made.info)),
  )
}

/** What a run is made with from a step on; it is written anew only where it has changed. */
const recorded = (
  paths: RunPaths,
  info: RunInfo,
  step: number,
  now: Circumstances,
  write: WriteFile,
): TE.TaskEither<TrainError, RunInfo> => {
  const { history: _, ...rest } = info
  const next = { ...rest, ...continued(info, step, now) }
  return pipe(
    showRunInfo(next) === showRunInfo(info) ? TE.right(undefined) : write(paths.info, showRunInfo(next)),
    TE.map(() => next),
  )
}

/** Whoever listens hears that a run goes on by something else. */
const said = (options: FolderOptions, before: Circumstances, now: Circumstances): FolderOptions => {
  const { onEvent } = options
  if (onEvent === undefined || isSame(before, now)) return options
  return {
    ...options,
    onEvent: (event) => onEvent(event.type === 'started' ? { ...event, before } : event),
  }
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

/** What was made after a step is made again; of what was made before, what a kill in the middle of saving left is removed. */
const rewind = ({ paths, info }: OpenedRun, step: number, hold: Hold): TE.TaskEither<TrainError, void> =>
  pipe(
    removeTemporaries(paths, hold),
    TE.flatMap(() => cutLog(paths.metrics, step, hold.write)),
    TE.flatMap(() => removeCheckpoints(paths, (other) => !isKept(other, step, info), hold)),
  )
