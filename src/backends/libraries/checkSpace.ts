import { statfs } from 'node:fs/promises'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

/** Left if the disk of the libraries' folder has less free space than this many bytes. */
export const checkSpace = (library: string, home: string, needed: number): TE.TaskEither<LibraryError, void> =>
  pipe(
    TE.tryCatch(
      () => statfs(home),
      (cause) => libraryError(library)(`looking at ${home}: ${cause}`, 'Check the disk, then try again.'),
    ),
    TE.flatMap(({ bavail, bsize }) =>
      bavail * bsize >= needed
        ? TE.right(undefined)
        : TE.left(
            libraryError(library)(
              `it takes ${gigabytes(needed)} while it is unpacked, and there are ${gigabytes(bavail * bsize)} in ${home}`,
              'Free space, or give another folder: SADDLEPOINT_HOME=FOLDER',
            ),
          ),
    ),
  )
