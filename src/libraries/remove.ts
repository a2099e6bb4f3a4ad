import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from './error.ts'
import { wheelPath } from './fetchWheel.ts'
import { type Library, libraryFolder } from './library.ts'
import { withWorkshop } from './workshop.ts'

/** Removes a library and what is left of its downloads; right is whether it was there. */
export const removeLibrary = (library: Library, home: string): TE.TaskEither<LibraryError, boolean> => {
  if (!existsSync(home)) return TE.right(false)
  const folder = libraryFolder(home, library)
  return withWorkshop(library.name, home, ({ downloads, temporary }) =>
    TE.tryCatch(
      async () => {
        const wheels = [...library.main.wheels, ...(library.cuda?.wheels ?? [])]
        await Promise.all(wheels.map((wheel) => rm(wheelPath(downloads, wheel), { force: true })))
        if (!existsSync(folder)) return false
        // Half of a library must never be taken for the whole.
        await rename(folder, join(temporary, library.folder))
        return true
      },
      (cause) => libraryError(library.name)(`removing ${folder}: ${cause}`, 'Check its permissions, then try again.'),
    ),
  )
}
