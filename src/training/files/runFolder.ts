import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { errorCode } from '../../data/errorCode.ts'
import { type RunError, runError } from '../errors.ts'
import { isTemporary } from './atomic.ts'
import { stepOfName } from './checkpoint.ts'
import { explain, type FileError } from './fileError.ts'
import type { Hold } from './hold.ts'
import { lockName } from './lockFolder.ts'
import { makeFolder } from './makeFolder.ts'

/** Where a run's files are. */
export interface RunPaths {
  readonly folder: string
  readonly spec: string
  readonly info: string
  readonly metrics: string
  readonly checkpoints: string
  readonly samples: string
}

export const runPaths = (folder: string): RunPaths => ({
  folder,
  spec: join(folder, 'spec.json'),
  info: join(folder, 'run.json'),
  metrics: join(folder, 'metrics.jsonl'),
  checkpoints: join(folder, 'checkpoints'),
  samples: join(folder, 'samples'),
})

const attempt = <A>(path: string, ask: () => Promise<A>): TE.TaskEither<FileError, A> => TE.tryCatch(ask, explain(path))

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw cause
  }
}

const firstFiles = new Set(['spec.json', 'run.json', 'checkpoints', 'samples', lockName])

/** Whether a folder has nothing but what a run writes before its first checkpoint is whole: it was killed until then. */
export const hasNotBegun = (folder: string): TE.TaskEither<FileError, boolean> => {
  const { checkpoints, samples } = runPaths(folder)
  return attempt(join(folder, '*'), async () => {
    const [own, saved, drawn] = await Promise.all([folder, checkpoints, samples].map(namesIn))
    const isRemains = (names: readonly string[] = [], known: (name: string) => boolean): boolean =>
      names.every((name) => isTemporary(name) || known(name))
    return (
      isRemains(own, (name) => firstFiles.has(name)) &&
      isRemains(saved, () => false) &&
      isRemains(drawn, (name) => /^step-0+\.(png|csv|npy)$/.test(name))
    )
  })
}

const checkFree = (folder: string): TE.TaskEither<FileError | RunError, void> =>
  pipe(
    hasNotBegun(folder),
    TE.flatMap((isFree) => (isFree ? TE.right([]) : attempt(join(folder, '*'), () => namesIn(folder)))),
    TE.flatMap((found) => {
      if (found.length === 0) return TE.right(undefined)
      const hint = found.includes('run.json')
        ? 'Add --resume to go on with that run, or choose another folder.'
        : 'Choose another folder.'
      return TE.left(runError(folder, 'expected a new or an empty folder, found one with files in it', hint))
    }),
  )

/**
 * The folder that is named, for a new run: it is made where it is absent, and is refused where anything is in it but what
 * is left of a run that was killed before its first checkpoint.
 */
export const createRun = (folder: string): TE.TaskEither<FileError | RunError, RunPaths> =>
  pipe(
    attempt(join(folder, 'run.json'), () => makeFolder(folder)),
    TE.flatMap(() => checkFree(folder)),
    TE.map(() => runPaths(folder)),
  )

/** Makes what a run's folder has inside, and removes what a killed run has left there. */
export const beginRun = (paths: RunPaths, hold: Hold): TE.TaskEither<FileError | RunError, void> =>
  pipe(
    checkFree(paths.folder),
    TE.flatMap(() => removeAll([paths.info, paths.spec, paths.checkpoints, paths.samples], hold)),
    TE.flatMap(() =>
      attempt(paths.checkpoints, async () => {
        await mkdir(paths.checkpoints)
        await mkdir(paths.samples)
      }),
    ),
    TE.flatMap(() => removeTemporaries(paths, hold)),
  )

const removeAll = (paths: readonly string[], { remove }: Hold): TE.TaskEither<FileError, void> =>
  pipe(paths, TE.traverseSeqArray(remove), TE.asUnit)

/** A folder for a new run: `parent/name`, or where that is taken in `parent/name-2`, and so on. */
export const createNamedRun = (parent: string, name: string): TE.TaskEither<FileError, RunPaths> =>
  attempt(join(parent, name), async () => {
    await makeFolder(parent)
    for (let n = 1; ; n++) {
      const folder = join(parent, n === 1 ? name : `${name}-${n}`)
      if (await claimed(folder)) return runPaths(folder)
    }
  })

/** Making a folder takes it before anybody else does. */
const claimed = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder)
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw cause
  }
}

/** The newest of the runs of that name which `createNamedRun` made; an error where there is none. */
export const latestRun = (parent: string, name: string): TE.TaskEither<RunError, string> =>
  pipe(
    TE.tryCatch(
      () => readdir(parent),
      (): readonly string[] => [],
    ),
    TE.orElse((none) => TE.right(none)),
    TE.map((names) => names.map((found) => ({ found, n: numberOf(found, name) })).sort((a, b) => b.n - a.n)[0]),
    TE.flatMapEither((newest) =>
      newest !== undefined && newest.n > 0
        ? E.right(join(parent, newest.found))
        : E.left(runError(join(parent, name), 'there is no run to resume', 'Name its folder with --out.')),
    ),
  )

const numberOf = (found: string, name: string): number => {
  if (found === name) return 1
  const end = found.startsWith(`${name}-`) ? found.slice(name.length + 1) : ''
  return /^[1-9]\d{0,8}$/.test(end) ? Number(end) : 0
}

/** The steps of a run's checkpoints, newest first; none where their folder is gone. */
export const checkpointSteps = ({ checkpoints }: RunPaths): TE.TaskEither<FileError, readonly number[]> =>
  pipe(
    attempt(join(checkpoints, '*'), () => namesIn(checkpoints)),
    TE.map((names) => names.flatMap((name) => stepOfName(name) ?? []).sort((a, b) => b - a)),
  )

/** How often checkpoints of a run are saved, and how many of them are kept: 2 where absent. */
export interface Keeping {
  readonly saveEvery: number
  readonly keep?: number | 'all'
}

const usualCount = 2

/**
 * Whether a checkpoint stays beside the newest one, of `newest` steps: of those at regular steps, the ones before it. What an
 * interruption or the time has saved in between goes with the next one, so that nothing of it is left in a run that went on.
 */
export const isKept = (other: number, newest: number, { saveEvery, keep = usualCount }: Keeping): boolean => {
  if (other === newest) return true
  if (other > newest || other % saveEvery !== 0) return false
  const before = saveEvery * (Math.ceil(newest / saveEvery) - 1)
  return keep === 'all' || other >= before - (keep - 2) * saveEvery
}

/** Removes the checkpoints of a run that are not wanted; no other files. */
export const removeCheckpoints = (
  { checkpoints }: RunPaths,
  unwanted: (step: number) => boolean,
  hold: Hold,
): TE.TaskEither<FileError, void> =>
  pipe(
    attempt(join(checkpoints, '*'), () => namesIn(checkpoints)),
    TE.map((names) => names.filter((name) => isSome(stepOfName(name), unwanted))),
    TE.flatMap((names) =>
      removeAll(
        names.map((name) => join(checkpoints, name)),
        hold,
      ),
    ),
  )

const isSome = (step: number | undefined, holds: (step: number) => boolean): boolean =>
  step !== undefined && holds(step)

/** Removes what writes that were killed have left. */
export const removeTemporaries = (
  { folder, checkpoints, samples }: RunPaths,
  hold: Hold,
): TE.TaskEither<FileError, void> =>
  pipe(
    [folder, checkpoints, samples],
    TE.traverseSeqArray((place) =>
      pipe(
        attempt(join(place, '*'), () => namesIn(place)),
        TE.map((names) => names.filter(isTemporary).map((name) => join(place, name))),
      ),
    ),
    TE.flatMap((found) => removeAll(found.flat(), hold)),
  )
