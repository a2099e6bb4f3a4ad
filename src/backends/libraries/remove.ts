import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'
import { wheelPath } from './fetchWheel.ts'
import { withInstallFolders } from './installFolders.ts'
import { isVersionOf, type Library } from './library.ts'
import type { NpmLibrary } from './npmLibrary.ts'

/** Removes all versions of a library and its leftover downloads. Right: whether there was one. */
export const removeLibrary = (library: Library | NpmLibrary, home: string): TE.TaskEither<LibraryError, boolean> => {
  if (!existsSync(home)) return TE.right(false)
  return withInstallFolders(library.name, home, ({ downloads, temporary }) =>
    TE.tryCatch(
      async () => {
        const wheels = 'main' in library ? [...library.main.wheels, ...(library.cuda?.wheels ?? [])] : []
        await Promise.all(wheels.map((wheel) => rm(wheelPath(downloads, wheel), { force: true })))
        const folders = (await readdir(home)).filter((name) => isVersionOf(library, name))
        // Rename first, so that a partly removed library is never used.
        await Promise.all(folders.map((name) => rename(join(home, name), join(temporary, name))))
        return folders.length > 0
      },
      (cause) =>
        libraryError(library.name)(`removing it from ${home}: ${cause}`, 'Check its permissions, then try again.'),
    ),
  )
}
