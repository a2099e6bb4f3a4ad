import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import { makeFolder } from '../../io/makeFolder.ts'
import { checkSpace } from './checkSpace.ts'
import type { InstallOptions } from './install.ts'
import { withInstallFolders } from './installFolders.ts'
import type { Titled } from './library.ts'
import { runProgram } from './program.ts'
import { watched } from './watched.ts'

/** A library from a pinned npm package with binaries for every platform. */
export interface NpmLibrary extends Titled {
  readonly package: string
  /** The bytes on the disk while it is unpacked. */
  readonly size: number
  /** Its folder of binaries, with subfolders by operating system and processor. */
  readonly binaries: string
}

/** The npm program. On Windows `npm` is a shell script, so Node runs npm's own file, which lies beside it. */
const npm: readonly [command: string, ...first: readonly string[]] =
  process.platform === 'win32'
    ? [process.execPath, join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')]
    : ['npm']

/** Options that run no package scripts and restrict npm to the given folder. */
const quietly = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--global=false',
  '--prefer-offline',
]

const runNpm = (folder: string, what: string, signal: AbortSignal): TE.TaskEither<ProgramFailed, void> => {
  const [command, ...first] = npm
  return runProgram(command, [...first, 'install', ...quietly, '--loglevel=error', '--prefix', folder, what], {
    cwd: folder,
    signal,
  })
}

/** Removes the binaries of other platforms. Left if there are none for this one. */
const keepOwn = async (binaries: string): Promise<E.Either<ProgramFailed, void>> => {
  const { platform, arch } = process
  if (!existsSync(join(binaries, platform, arch)))
    return E.left(programFailed(`it has nothing for ${platform}-${arch}`))
  const removeOthers = async (folder: string, own: string): Promise<void> => {
    const others = (await readdir(folder)).filter((name) => name !== own)
    await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true })))
  }
  await removeOthers(binaries, platform)
  await removeOthers(join(binaries, platform), arch)
  return E.right(undefined)
}

/** Installs a package into a folder, whole or not at all. Right: whether it is new. */
export const installPackage = (
  library: NpmLibrary,
  folder: string,
  { home, signal, onProgress }: Omit<InstallOptions, 'cuda'>,
): TE.TaskEither<LibraryError, boolean> => {
  const error = libraryError(library.name)
  const failing =
    (doing: string, hint: string) =>
    ({ message }: ProgramFailed): LibraryError =>
      error(`${doing}: ${message}`, hint)
  return withInstallFolders(library.name, home, ({ temporary }) => {
    if (existsSync(folder)) return TE.right(false)
    const project = join(temporary, 'unpacked')
    const what = `${library.package}@${library.version}`
    const report = (done: number): void =>
      onProgress({ doing: 'unpacking', done: Math.min(done, library.size), total: library.size })
    const prepare = async (): Promise<void> => {
      await mkdir(project)
      await writeFile(join(project, 'package.json'), '{ "private": true }\n')
    }
    const putInPlace = async (): Promise<void> => {
      await makeFolder(dirname(folder))
      await rename(project, folder)
    }
    const disk = 'Check the disk, then try again.'
    return pipe(
      checkSpace(library.name, home, library.size),
      TE.flatMap(() => pipe(TE.tryCatch(prepare, programFailed), TE.mapLeft(failing(`writing to ${temporary}`, disk)))),
      TE.flatMap(() =>
        pipe(
          watched(project, report, runNpm(project, what, signal)),
          TE.mapLeft(failing(`npm install ${what}`, 'Check that npm runs and reaches its registry, then try again.')),
        ),
      ),
      TE.flatMap(() =>
        TE.tryCatch(
          () => keepOwn(join(project, 'node_modules', library.package, library.binaries)),
          (cause) => failing(what, disk)(programFailed(cause)),
        ),
      ),
      TE.flatMapEither(E.mapLeft(failing(what, 'Take another backend: `saddle backends` says which ones start here.'))),
      TE.flatMap(() => pipe(TE.tryCatch(putInPlace, programFailed), TE.mapLeft(failing('putting it in place', disk)))),
      TE.map(() => true),
    )
  })
}
