import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type FileError, fileError } from '../errors/fileError.ts'
import { errorCode } from './errorCode.ts'
import { explain } from './fileError.ts'
import { readRegularFile, type Unreadable } from './regularFile.ts'

/** The size limits of a run's files, in bytes: far more than any run writes. */
export const mostBytes = {
  info: 2 ** 20,
  json: 2 ** 26,
  log: 2 ** 28,
  /** The most that Node reads at once. */
  checkpoint: 2 ** 31 - 1,
} as const

const isMissing = (found: Unreadable): boolean => found.type === 'failed' && errorCode(found.cause) === 'ENOENT'

/** The error of a file that can't be read. `missing` is the hint if it does not exist. */
const unreadable =
  (path: string, missing: string) =>
  (found: Unreadable): FileError => {
    switch (found.type) {
      case 'folder':
        return fileError(path, 'expected a file, found a folder', 'Choose another name, or remove the folder.')
      case 'special':
        return fileError(path, 'expected a regular file, found a device or a pipe', 'Put the file itself there.')
      case 'large':
        return fileError(path, `expected at most ${found.most} bytes, found ${found.size}`, 'Put the right file there.')
      case 'failed':
        return isMissing(found) ? fileError(path, 'there is no such file', missing) : explain(path)(found.cause)
    }
  }

const correct = 'Correct the path.'

const decodeText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const readFile =
  (path: string, most: number, missing = correct): TE.TaskEither<FileError, Uint8Array> =>
  async () =>
    pipe(await readRegularFile(path, most), E.mapLeft(unreadable(path, missing)))

export const readText = (
  path: string,
  most: number = mostBytes.json,
  missing = correct,
): TE.TaskEither<FileError, string> => pipe(readFile(path, most, missing), TE.map(decodeText))

/** The text of a file; empty if there is no file. */
export const readTextIfThere =
  (path: string, most: number): TE.TaskEither<FileError, string> =>
  async () => {
    const found = await readRegularFile(path, most)
    return E.isLeft(found) && isMissing(found.left)
      ? E.right('')
      : pipe(found, E.bimap(unreadable(path, correct), decodeText))
  }
