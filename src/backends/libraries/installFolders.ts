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

/** Where libraries are worked on. */
export interface Workshop {
  /** Downloads that are done are kept here until they are unpacked. */
  readonly downloads: string
  /** On the same disk as the libraries, and gone at the end. */
  readonly temporary: string
}

/** What a process that was killed left behind. */
const sweep = async (home: string): Promise<void> => {
  const names = await readdir(home)
  await Promise.all(names.filter(isTemporary).map((name) => rm(join(home, name), { recursive: true, force: true })))
}

const open = async (home: string): Promise<Workshop> => {
  await sweep(home)
  const workshop = { downloads: join(home, 'downloads'), temporary: join(home, temporaryName()) }
  await makeFolder(workshop.downloads)
  await makeFolder(workshop.temporary)
  return workshop
}

const inWorkshop =
  <A>(
    home: string,
    body: (workshop: Workshop) => TE.TaskEither<LibraryError, A>,
    failed: (cause: unknown) => LibraryError,
  ): TE.TaskEither<LibraryError, A> =>
  async () => {
    const workshop = await TE.tryCatch(() => open(home), failed)()
    if (E.isLeft(workshop)) return workshop
    try {
      return await body(workshop.right)()
    } finally {
      await rm(workshop.right.temporary, { recursive: true, force: true })
    }
  }

/** Does something to the libraries that no other process may do at the same time. */
export const withWorkshop = <A>(
  library: string,
  home: string,
  body: (workshop: Workshop) => TE.TaskEither<LibraryError, A>,
): TE.TaskEither<LibraryError, A> => {
  const error = libraryError(library)
  const failed = (cause: unknown): LibraryError =>
    error(`${home} can't be written: ${cause}`, 'Give another folder: SADDLEPOINT_HOME=FOLDER')
  return pipe(
    TE.tryCatch(() => makeFolder(home), failed),
    TE.flatMap(() => withLock(home, () => inWorkshop(home, body, failed))),
    TE.mapLeft((cause) =>
      cause.type === 'LibraryError' ? cause : error(`${showPlace(cause.place)}: ${cause.message}`, cause.hint),
    ),
  )
}
