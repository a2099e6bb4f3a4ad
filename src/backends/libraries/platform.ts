import * as E from '#fp-ts/Either'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'

/** The platform of the pinned wheels. */
const supported = 'linux-x64'

/** Left if the pinned libraries do not run here. */
export const checkPlatform = (
  library: string,
  platform: string = process.platform,
  arch: string = process.arch,
): E.Either<LibraryError, void> =>
  `${platform}-${arch}` === supported
    ? E.right(undefined)
    : E.left(
        libraryError(library)(
          `its libraries are for ${supported}, and this is ${platform}-${arch}`,
          'Take another backend: `saddle backends` says which ones start here.',
        ),
      )
