import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { LibraryError } from '../../errors/libraryError.ts'
import { type InstallOptions, installLibrary } from './install.ts'
import { type Library, libraryFolder, type Titled } from './library.ts'
import { tensorflow, tensorflowCpu } from './libtensorflow.ts'
import { installPackage } from './npmLibrary.ts'
import { onnxruntime, onnxruntimeFolder } from './onnxruntime.ts'
import { checkPlatform } from './platform.ts'
import { removeLibrary } from './remove.ts'

/** What `saddle backends install` brings, and how. */
export interface Installable extends Titled {
  /** Whether it can be brought with what a GPU of NVIDIA needs. */
  readonly cuda: boolean
  readonly folder: (home: string) => string
  /** Right is whether anything was brought: what is there already stays. */
  readonly install: (options: InstallOptions) => TE.TaskEither<LibraryError, boolean>
  /** Right is whether it was there. */
  readonly remove: (home: string) => TE.TaskEither<LibraryError, boolean>
}

const ofWheels = (library: Library): Installable => ({
  ...library,
  cuda: library.cuda !== undefined,
  folder: (home) => libraryFolder(home, library),
  install: (options) =>
    pipe(
      TE.fromEither(checkPlatform(library.name)),
      TE.flatMap(() => installLibrary(library, options)),
    ),
  remove: (home) => removeLibrary(library, home),
})

const libraries: readonly Installable[] = [
  {
    ...onnxruntime,
    cuda: false,
    folder: onnxruntimeFolder,
    install: (options) => installPackage(onnxruntime, onnxruntimeFolder(options.home), options),
    remove: (home) => removeLibrary(onnxruntime, home),
  },
  ofWheels(tensorflow),
  ofWheels(tensorflowCpu),
]

/** The backends that have a library to be brought. */
export const libraryNames: readonly string[] = libraries.map(({ name }) => name)

export const findLibrary = (name: string): Installable | undefined => libraries.find((library) => library.name === name)
