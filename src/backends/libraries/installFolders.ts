import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'
import { showPlace } from '../../errors/place.ts'
import { isTemporary, temporaryName } from '../../io/atomic.ts'
import { withLock } from '../../io/lock.ts'
import { makeFolder } from '../../io/makeFolder.ts'

/** The folders that an installation uses. */
export interface InstallFolders {
  /** Completed downloads, until they are unpacked. */
  readonly downloads: string
  /** A temporary folder on the libraries' disk, removed at the end. */
  readonly temporary: string
}

/** Leftovers of killed processes. */
const sweep = async (home: string): Promise<void> => {
  const names = await readdir(home)
  await Promise.all(names.filter(isTemporary).map((name) => rm(join(home, name), { recursive: true, force: true })))
}

const open = async (home: string): Promise<InstallFolders> => {
  await sweep(home)
  const folders = { downloads: join(home, 'downloads'), temporary: join(home, temporaryName()) }
  await makeFolder(folders.downloads)
  await makeFolder(folders.temporary)
  return folders
}

const inInstallFolders =
  <A>(
    home: string,
    body: (folders: InstallFolders) => TE.TaskEither<LibraryError, A>,
    failed: (cause: unknown) => LibraryError,
  ): TE.TaskEither<LibraryError, A> =>
  async () => {
    const folders = await TE.tryCatch(() => open(home), failed)()
    if (E.isLeft(folders)) return folders
    try {
      return await body(folders.right)()
    } finally {
      await rm(folders.right.temporary, { recursive: true, force: true })
    }
  }

/** Runs a task with an exclusive lock on the libraries. */
export const withInstallFolders = <A>(
  library: string,
  home: string,
  body: (folders: InstallFolders) => TE.TaskEither<LibraryError, A>,
): TE.TaskEither<LibraryError, A> => {
  const error = libraryError(library)
  const failed = (cause: unknown): LibraryError =>
    error(`${home} can't be written: ${cause}`, 'Give another folder: SADDLEPOINT_HOME=FOLDER')
  return pipe(
    TE.tryCatch(() => makeFolder(home), failed),
    TE.flatMap(() => withLock(home, () => inInstallFolders(home, body, failed))),
    TE.mapLeft((cause) =>
      cause.type === 'LibraryError' ? cause : error(`${showPlace(cause.place)}: ${cause.message}`, cause.hint),
    ),
  )
}
