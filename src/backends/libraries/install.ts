import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import { makeFolder } from '../../io/makeFolder.ts'
import { checkSpace } from './checkSpace.ts'
import { fetchWheel, wheelPath } from './fetchWheel.ts'
import { type InstallFolders, withInstallFolders } from './installFolders.ts'
import { type Library, libraryFolder, type Part, partFolder, type Wheel } from './library.ts'
import { findPython, unpackWheel } from './python.ts'
import { watched } from './watched.ts'

export interface Progress {
  readonly doing: 'downloading' | 'unpacking'
  /** Bytes. */
  readonly done: number
  readonly total: number
}

export interface InstallOptions {
  /** The folder of all libraries. */
  readonly home: string
  /** Also installs what a GPU needs, if the library can use one. */
  readonly cuda: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** The context of installing a part. */
interface Work extends InstallFolders {
  readonly python: string
  readonly library: Library
  readonly options: InstallOptions
}

const total = (wheels: readonly Wheel[]): number => wheels.reduce((sum, { size }) => sum + size, 0)

const failing =
  ({ library }: Work, doing: string, hint: string) =>
  ({ message }: ProgramFailed): LibraryError =>
    libraryError(library.name)(`${doing}: ${message}`, hint)

const again = 'Check the network and the index that pip uses (pip config list), then try again: what is whole is kept.'

/** Downloads one wheel after the other, so that each completed one is kept. */
const downloadAll = (work: Work, { wheels }: Part): TE.TaskEither<LibraryError, unknown> => {
  const { python, downloads, temporary, options } = work
  const report = (done: number): void => options.onProgress({ doing: 'downloading', done, total: total(wheels) })
  return TE.traverseSeqArray((wheel: Wheel) => {
    const before = total(wheels.slice(0, wheels.indexOf(wheel)))
    return pipe(
      fetchWheel(python, wheel, downloads, temporary, options.signal),
      (fetching) =>
        watched(join(temporary, 'wheel'), (bytes) => report(before + Math.min(bytes, wheel.size)), fetching),
      TE.map(() => report(before + wheel.size)),
      TE.mapLeft(failing(work, `downloading ${wheel.name} ${wheel.version}`, again)),
    )
  })(wheels)
}

const unpackAll = (work: Work, { wheels, keep, size }: Part): TE.TaskEither<LibraryError, unknown> => {
  const { python, downloads, temporary, options } = work
  const folder = join(temporary, 'unpacked')
  const unpacking = TE.traverseSeqArray((wheel: Wheel) =>
    unpackWheel(python, wheelPath(downloads, wheel), folder, keep, temporary, options.signal),
  )(wheels)
  return pipe(
    watched(folder, (done) => options.onProgress({ doing: 'unpacking', done, total: size }), unpacking),
    TE.mapLeft(failing(work, 'unpacking', 'Check the disk, then try again.')),
  )
}

/** The final rename installs the part whole or not at all. */
const putInPlace = async ({ library, downloads, temporary, options }: Work, part: Part): Promise<void> => {
  await makeFolder(libraryFolder(options.home, library))
  await rename(join(temporary, 'unpacked', part.folder), partFolder(options.home, library, part))
  await Promise.all(part.wheels.map((wheel) => rm(wheelPath(downloads, wheel), { force: true })))
}

const installPart = (work: Work, part: Part): TE.TaskEither<LibraryError, void> =>
  pipe(
    // Check before the download, not after it.
    checkSpace(work.library.name, work.options.home, total(part.wheels) + part.size),
    TE.flatMap(() => downloadAll(work, part)),
    TE.flatMap(() => unpackAll(work, part)),
    TE.flatMap(() =>
      pipe(
        TE.tryCatch(() => putInPlace(work, part), programFailed),
        TE.mapLeft(failing(work, 'putting it in place', 'Check the disk, then try again.')),
      ),
    ),
  )

/** The wanted parts that are missing. */
const missingParts = (library: Library, { home, cuda }: InstallOptions): readonly Part[] =>
  [library.main, ...(cuda && library.cuda !== undefined ? [library.cuda] : [])].filter(
    (part) => !existsSync(partFolder(home, library, part)),
  )

/**
 * Installs a library. Each part is installed whole or not at all. Right: whether anything was installed; existing parts are not touched.
 * If the signal ends it, completed downloads are kept for the next time.
 */
export const installLibrary = (library: Library, options: InstallOptions): TE.TaskEither<LibraryError, boolean> =>
  withInstallFolders(library.name, options.home, (folders) => {
    const parts = missingParts(library, options)
    if (parts.length === 0) return TE.right(false)
    return pipe(
      findPython(library.name, folders.temporary, options.signal),
      TE.flatMap((python) =>
        TE.traverseSeqArray((part: Part) => installPart({ ...folders, python, library, options }, part))(parts),
      ),
      TE.map(() => true),
    )
  })
