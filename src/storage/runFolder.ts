import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { isTemporary } from '../io/atomic.ts'
import { errorCode } from '../io/errorCode.ts'
import { explain } from '../io/fileError.ts'
import { type Hold, removeAll } from '../io/hold.ts'
import { lockName } from '../io/lockFolder.ts'
import { makeFolder } from '../io/makeFolder.ts'
import { namesIn } from '../io/namesIn.ts'
import { specTensorsName } from './specFile.ts'

/** The paths of a run's files. */
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

const firstFiles = new Set(['spec.json', specTensorsName, 'run.json', 'checkpoints', 'samples', lockName])

/** Whether a folder holds only what a run writes before its first checkpoint: the run was killed before that. */
export const hasNotBegun = (folder: string): TE.TaskEither<FileError, boolean> => {
  const { checkpoints, samples } = runPaths(folder)
  const isRemains = (place: string, known: (name: string) => boolean): TE.TaskEither<FileError, boolean> =>
    pipe(
      namesIn(place),
      TE.map((names) => names.every((name) => isTemporary(name) || known(name))),
    )
  return pipe(
    [
      isRemains(folder, (name) => firstFiles.has(name)),
      isRemains(checkpoints, () => false),
      isRemains(samples, (name) => /^step-0+\.(png|csv|npy)$/.test(name)),
    ],
    TE.sequenceSeqArray,
    TE.map((places) => places.every((isSo) => isSo)),
  )
}

const checkFree = (folder: string): TE.TaskEither<FileError | RunError, void> =>
  pipe(
    hasNotBegun(folder),
    TE.flatMap((isFree) => (isFree ? TE.right([]) : namesIn(folder))),
    TE.flatMap((found) => {
      if (found.length === 0) return TE.right(undefined)
      const hint = found.includes('run.json')
        ? 'Add --resume to continue that run, or choose another folder.'
        : 'Choose another folder.'
      return TE.left(runError(folder, 'expected a new or an empty folder, found one with files in it', hint))
    }),
  )

/**
 * Prepares a folder for a new run. Makes it if absent. Refuses it if it holds anything but the leftovers of a run that was killed
 * before its first checkpoint.
 */
export const createRun = (folder: string): TE.TaskEither<FileError | RunError, RunPaths> =>
  pipe(
    attempt(join(folder, 'run.json'), () => makeFolder(folder)),
    TE.flatMap(() => checkFree(folder)),
    TE.map(() => runPaths(folder)),
  )

/** Makes the subfolders of a run, and removes what a killed run left. */
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

/** Makes a folder for a new run: `parent/name`, or `parent/name-2` if that is taken, and so on. */
export const createNamedRun = (parent: string, name: string): TE.TaskEither<FileError, RunPaths> =>
  attempt(join(parent, name), async () => {
    await makeFolder(parent)
    for (let n = 1; ; n++) {
      const folder = join(parent, n === 1 ? name : `${name}-${n}`)
      if (await claimed(folder)) return runPaths(folder)
    }
  })

/** Creating the folder reserves it, because only one process can create it. */
const claimed = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder)
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw cause
  }
}

/** The newest run of this name that `createNamedRun` made; an error if there is none. */
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
        : E.left(runError(join(parent, name), 'there is no run to resume', 'Give its folder with --out.')),
    ),
  )

const numberOf = (found: string, name: string): number => {
  if (found === name) return 1
  const end = found.startsWith(`${name}-`) ? found.slice(name.length + 1) : ''
  return /^[1-9]\d{0,8}$/.test(end) ? Number(end) : 0
}

/** Removes temporary files of killed writes. */
export const removeTemporaries = (
  { folder, checkpoints, samples }: RunPaths,
  hold: Hold,
): TE.TaskEither<FileError, void> =>
  pipe(
    [folder, checkpoints, samples],
    TE.traverseSeqArray((place) =>
      pipe(
        namesIn(place),
        TE.map((names) => names.filter(isTemporary).map((name) => join(place, name))),
      ),
    ),
    TE.flatMap((found) => removeAll(found.flat(), hold)),
  )
