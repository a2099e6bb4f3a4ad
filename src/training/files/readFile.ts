import { readFile as read } from 'node:fs/promises'
import * as TE from '#fp-ts/TaskEither'
import { errorCode } from '../../data/errorCode.ts'
import { explain, type FileError, fileError } from './fileError.ts'

const unreadable =
  (path: string) =>
  (cause: unknown): FileError =>
    errorCode(cause) === 'ENOENT' ? fileError(path, 'there is no such file', 'Correct the path.') : explain(path)(cause)

export const readFile = (path: string): TE.TaskEither<FileError, Uint8Array> =>
  TE.tryCatch(() => read(path), unreadable(path))

export const readText = (path: string): TE.TaskEither<FileError, string> =>
  TE.tryCatch(() => read(path, 'utf8'), unreadable(path))
