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

/** A library that `saddle backends install` installs. */
export interface Installable extends Titled {
  /** Whether it supports --cuda, for NVIDIA GPUs. */
  readonly cuda: boolean
  readonly folder: (home: string) => string
  /** Right: whether anything was installed. Existing parts are not touched. */
  readonly install: (options: InstallOptions) => TE.TaskEither<LibraryError, boolean>
  /** Right: whether it was installed. */
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

/** The backends with a library to install. */
export const libraryNames: readonly string[] = libraries.map(({ name }) => name)

export const findLibrary = (name: string): Installable | undefined => libraries.find((library) => library.name === name)
