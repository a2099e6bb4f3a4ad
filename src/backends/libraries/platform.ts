import * as E from '#fp-ts/Either'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'

/** For what the wheels are pinned. */
const supported = 'linux-x64'

/** Left where the pinned libraries would not run. */
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
