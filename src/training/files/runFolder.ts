import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { errorCode } from '../../data/errorCode.ts'
import { type RunError, runError } from '../errors.ts'
import { isTemporary } from './atomic.ts'
import { stepOfName } from './checkpoint.ts'
import { explain, type FileError } from './fileError.ts'
import { lockName } from './lock.ts'
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

/** Makes what a run's folder has inside, and removes what a killed run has left there. Whoever calls it has the lock. */
export const beginRun = (paths: RunPaths): TE.TaskEither<FileError | RunError, void> =>
  pipe(
    checkFree(paths.folder),
    TE.flatMap(() =>
      attempt(paths.checkpoints, async () => {
        for (const path of [paths.info, paths.spec, paths.checkpoints, paths.samples])
          await rm(path, { recursive: true, force: true })
        await mkdir(paths.checkpoints)
        await mkdir(paths.samples)
      }),
    ),
    TE.flatMap(() => removeTemporaries(paths)),
  )

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

/** The steps of a run's checkpoints, newest first. */
export const checkpointSteps = ({ checkpoints }: RunPaths): TE.TaskEither<FileError, readonly number[]> =>
  pipe(
    attempt(join(checkpoints, '*'), () => readdir(checkpoints)),
    TE.map((names) => names.flatMap((name) => stepOfName(name) ?? []).sort((a, b) => b - a)),
  )

/** The step of the regular checkpoint before that of a step: it is kept beside the newest, and no other is. */
export const regularBefore = (step: number, saveEvery: number): number => saveEvery * (Math.ceil(step / saveEvery) - 1)

/** Removes the checkpoints of a run that are not wanted; no other files. */
export const removeCheckpoints = (
  paths: RunPaths,
  unwanted: (step: number) => boolean,
): TE.TaskEither<FileError, void> =>
  attempt(join(paths.checkpoints, '*'), async () => {
    for (const name of await readdir(paths.checkpoints)) {
      const step = stepOfName(name)
      if (step !== undefined && unwanted(step)) await rm(join(paths.checkpoints, name), { force: true })
    }
  })

/** Removes what writes that were killed have left. */
export const removeTemporaries = ({ folder, checkpoints, samples }: RunPaths): TE.TaskEither<FileError, void> =>
  attempt(join(folder, '*'), async () => {
    for (const place of [folder, checkpoints, samples])
      for (const name of await readdir(place)) if (isTemporary(name)) await rm(join(place, name), { force: true })
  })
