import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as TE from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import { errorCode } from './errorCode.ts'
import { explain } from './fileError.ts'

const read = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw cause
  }
}

/** The names in a folder; none if there is no folder. */
export const namesIn = (folder: string): TE.TaskEither<FileError, readonly string[]> =>
  TE.tryCatch(() => read(folder), explain(join(folder, '*')))
