import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { openFiles } from '../data/openFiles.ts'
import type { TrainError } from '../errors/failure.ts'
import type { FileError } from '../errors/fileError.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { WriteFile } from '../io/atomic.ts'
import type { Hold } from '../io/hold.ts'
import { cutLog } from '../io/jsonl.ts'
import { withLock } from '../io/lock.ts'
import type { Change } from '../run/changes.ts'
import { type Circumstances, computedBy, continued, isSame, type SpecChange } from '../run/history.ts'
import { type Prepared, prepare } from '../run/prepare.ts'
import type { GameSpec } from '../spec/spec.ts'
import { type Changed, changesOf, checkCounts, checkState, checkTotal } from './checkChanges.ts'
import { isKept, removeCheckpoints } from './checkpointFolder.ts'
import { gameAt } from './gameAt.ts'
import { missingParts, withMissing } from './missingParts.ts'
import { type FoundCheckpoint, type OpenedRun, openCheckpoint, openRun } from './openRun.ts'
import { type FolderOptions, infoOf, playIn, type TrainedRun } from './playIn.ts'
import { hasNotBegun, type RunPaths, removeTemporaries } from './runFolder.ts'
import { anew, checkSameGame, checkSameRounding, type RunInfo, showRunInfo } from './runInfo.ts'
import { writeSpec } from './specFile.ts'
import { specHash } from './specHash.ts'

/** Options for resuming a run. */
export interface ResumeOptions extends FolderOptions {
  /** The step of the checkpoint to resume from. The newest by default. */
  readonly step?: number
  /** Allows another number of steps for a game that depends on it. Its schedules then stretch over the new number. */
  readonly stretch?: boolean
}

/**
 * Resumes a run exactly, as if it had never stopped. Left if that is impossible. If you name a backend, the run continues there in
 * any case, equal within rounding, and run.json says from which step on.
 *
 * `game` is that of the folder by default. It may have more steps, and other numbers or expressions, as long as its state has the
 * same tensors. The run then keeps its weights and its optimizers' memory, the event `started` lists the changes, and run.json
 * records them. Left if its state, seed or data differ.
 *
 * @example await resumeRun('runs/ring', { ...spec, steps: 12_000 }, { stretch: true })()
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
          // Read it again: another process may have continued the run before it released the lock.
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
    TE.fromEither(checkOwnSpec(run)),
    TE.flatMapEither(() => checkSameGame(paths.folder, info, { ...info, seed: game.seed })),
    TE.flatMap(() => startOf(run, options.step)),
    // Without a checkpoint the run starts from the beginning.
    TE.map((from) => ({ from, first: from === undefined ? 0 : from.step })),
    TE.let('before', ({ first }) => computedBy(info, first)),
    TE.bindW('changed', ({ first }) => TE.fromEither(changedAt(run, game, first))),
    TE.chainFirstEitherKW(({ changed, from }) =>
      from === undefined || from.step === 0
        ? E.right(undefined)
        : pipe(
            checkTotal(changed, options.stretch === true),
            E.flatMap(() => checkCounts(changed)),
          ),
    ),
    TE.bindW('made', ({ before }) => remade(run, game, before, options)),
    TE.chainFirstEitherKW(({ made, from, changed }) =>
      from === undefined ? E.right(undefined) : checkGoesOn(made.prepared, from, changed),
    ),
    TE.let('missing', ({ from }) => (from === undefined ? [] : missingParts(run, from.step))),
    TE.chainFirstW(({ from }) => (from === undefined ? removeTemporaries(paths, hold) : rewind(run, from.step, hold))),
    TE.let('changes', ({ changed }) => changesOf(changed)),
    // The change holds as soon as run.json has it. If spec.json lacks it, opening the run applies it.
    TE.bindW('now', ({ first, made, changed, changes }) =>
      recorded(paths, info, first, made.info, specChange(changed, changes), hold.write),
    ),
    TE.chainFirstW(() =>
      // Also writes new paths of data, so that a run whose data moved need not be told again.
      writeSpec(hold.write, paths.folder, { game, baseDirectory, written: run.written }),
    ),
    TE.flatMap(({ made, from, before, now, missing, changes }) =>
      playIn(
        paths,
        now,
        made.prepared,
        said(withMissing(options, missing), { before, now: made.info, changes }),
        from === undefined ? {} : { from },
        hold,
      ),
    ),
  )
}

/** Prepares the game on the run's backend, unless another one is named. */
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

/** Updates run.json for the steps from `step` on. Writes it only if it changed. */
const recorded = (
  paths: RunPaths,
  info: RunInfo,
  step: number,
  now: RunInfo,
  change: SpecChange | undefined,
  write: WriteFile,
): TE.TaskEither<TrainError, RunInfo> => {
  const { history: _, ...rest } = info
  const next = { ...rest, spec: now.spec, ...continued(info, step, now, change) }
  return pipe(
    showRunInfo(next) === showRunInfo(info) ? TE.right(undefined) : write(paths.info, showRunInfo(next)),
    TE.map(() => next),
  )
}

interface Resumption {
  readonly before: Circumstances
  readonly now: Circumstances
  readonly changes: readonly Change[]
}

/** Adds to the event `started` what changed: the backend or version, and the spec. */
const said = (options: FolderOptions, { before, now, changes }: Resumption): FolderOptions => {
  const { onEvent } = options
  if (onEvent === undefined) return options
  const more = { ...(!isSame(before, now) && { before }), ...(changes.length > 0 && { changes }) }
  return { ...options, onEvent: (event) => onEvent(event.type === 'started' ? { ...event, ...more } : event) }
}

/** The checkpoint to start from. `undefined` for a run that was killed before its first one, unless it needs another run's networks. */
const startOf = (
  run: OpenedRun,
  step: number | undefined,
): TE.TaskEither<FileError | RunError, FoundCheckpoint | undefined> =>
  pipe(
    step === undefined && run.info.from === undefined ? hasNotBegun(run.paths.folder) : TE.right(false),
    TE.flatMap((isNew) => (isNew ? TE.right(undefined) : openCheckpoint(run, step))),
  )

const checkOwnSpec = ({ paths, info, game }: OpenedRun): E.Either<RunError, void> =>
  specHash(game) === info.spec
    ? E.right(undefined)
    : E.left(
        runError(
          paths.spec,
          'it is not the spec of this run',
          `Restore it, and change fields with --set PATH=VALUE. ${anew}`,
        ),
      )

/** The game that the run played up to a step, and the one with which it continues. */
const changedAt = ({ paths, info, game }: OpenedRun, is: GameSpec, step: number): E.Either<RunError, Changed> =>
  pipe(
    gameAt(info, game, step),
    E.bimap(
      () => runError(paths.info, 'its history does not fit the spec', `Restore the run's own files. ${anew}`),
      (was) => ({ folder: paths.folder, was, is }),
    ),
  )

const specChange = ({ was }: Changed, changes: readonly Change[]): SpecChange | undefined =>
  changes.length === 0 ? undefined : { specBefore: specHash(was), changes }

/** Checks that the checkpoint's state fits the game, and that the game has more steps than it. */
const checkGoesOn = (
  { compiled: { game, state } }: Prepared,
  { path, step, state: found }: FoundCheckpoint,
  changed: Changed,
): E.Either<RunError, void> => {
  if (step <= game.steps) return checkState(changed, state, found)
  const message = `the run is at step ${step}, but the game has only ${game.steps} steps`
  return E.left(runError(path, message, 'Give more steps: --steps N.'))
}

/** Removes what the run wrote after a step, and leftovers of an interrupted save. */
const rewind = ({ paths, info }: OpenedRun, step: number, hold: Hold): TE.TaskEither<TrainError, void> =>
  pipe(
    removeTemporaries(paths, hold),
    TE.flatMap(() => cutLog(paths.metrics, step, hold.write)),
    TE.flatMap(() => removeCheckpoints(paths, (other) => !isKept(other, step, info), hold)),
  )
