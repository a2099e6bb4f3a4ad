import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type LibraryError, libraryError } from '../../errors/libraryError.ts'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import type { Wheel } from './library.ts'
import { runProgram } from './program.ts'

/** The user's Python with pip. It knows how to reach the package index, and unpacks wheels. */

/** Isolated: Python takes modules from its own folders, not from the present one, PYTHONPATH or the user's site-packages. */
const isolated = '-I'

const hasPip = (command: string, cwd: string, signal: AbortSignal): TE.TaskEither<ProgramFailed, string> =>
  pipe(
    runProgram(command, [isolated, '-m', 'pip', '--version'], { cwd, signal }),
    TE.map(() => command),
  )

/** The command that starts it. `cwd` is a folder of ours. */
export const findPython = (library: string, cwd: string, signal: AbortSignal): TE.TaskEither<LibraryError, string> =>
  pipe(
    hasPip('python3', cwd, signal),
    TE.orElse((why) =>
      pipe(
        hasPip('python', cwd, signal),
        TE.mapLeft(() => why),
      ),
    ),
    TE.mapLeft((why) =>
      libraryError(library)(
        `it comes through Python's pip, which does not run: ${why.message}`,
        'Install Python 3 with pip for all users, for example with: apt install python3-pip',
      ),
    ),
  )

/** The wheels are only unpacked, so their Python version does not matter, but pip needs one. */
const target = [
  ['--implementation', 'cp'],
  ['--python-version', '3.12'],
  ['--abi', 'cp312'],
  ['--abi', 'none'],
  ['--platform', 'manylinux_2_17_x86_64'],
  ['--platform', 'manylinux2014_x86_64'],
].flat()

/** Without pip's cache, which would keep a copy of each wheel. */
const download = [
  isolated,
  '-m',
  'pip',
  'download',
  '--quiet',
  '--no-input',
  '--disable-pip-version-check',
  '--no-cache-dir',
]
const checked = ['--no-deps', '--only-binary=:all:', '--require-hashes']

/** Downloads a wheel into a folder and checks its hash. pip writes only to that folder. */
export const downloadWheel = (
  python: string,
  { name, version, sha256 }: Wheel,
  folder: string,
  signal: AbortSignal,
): TE.TaskEither<ProgramFailed, void> => {
  const wanted = join(folder, 'requirements.txt')
  return pipe(
    TE.tryCatch(() => writeFile(wanted, `${name}==${version} --hash=sha256:${sha256}\n`), programFailed),
    TE.flatMap(() =>
      runProgram(python, [...download, ...checked, ...target, '--dest', folder, '--requirement', wanted], {
        cwd: folder,
        env: { TMPDIR: folder },
        signal,
      }),
    ),
  )
}

const unpackScript = `
import os, re, sys, zipfile
wheel, folder, keep = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        if re.fullmatch(keep, member.filename):
            os.chmod(archive.extract(member, folder), 0o755)
`

/** Unpacks the matching files of a wheel into a folder. `cwd` is a folder of ours. */
export const unpackWheel = (
  python: string,
  wheel: string,
  folder: string,
  keep: string,
  cwd: string,
  signal: AbortSignal,
): TE.TaskEither<ProgramFailed, void> =>
  runProgram(python, [isolated, '-c', unpackScript, wheel, folder, keep], { cwd, signal })
