import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as TE from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import { explain } from './fileError.ts'

export const writeDurably = async (path: string, content: Uint8Array | string): Promise<void> => {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

// Without syncing the folder, a power loss can undo the rename. Windows can't open folders.
const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export const temporaryName = (): string => `.saddle-${randomUUID()}.tmp`

/** Whether the name is that of a temporary file or folder, which a killed process leaves behind. */
export const isTemporary = (name: string): boolean => /^\.saddle-[0-9a-f-]{36}\.tmp$/.test(name)

/** Writes a temporary file in a folder on the same disk as `path`, then renames it to `path`. */
export const replaceFile = async (
  path: string,
  content: Uint8Array | string,
  folder: string = dirname(path),
): Promise<void> => {
  const temporary = join(folder, temporaryName())
  try {
    await writeDurably(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    // Report why the write failed, not that the temporary file could not be removed.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw cause
  }
  await syncFolder(dirname(path))
}

/** Writes a whole file, as `writeFileAtomic` does. */
export type WriteFile = (path: string, content: Uint8Array | string) => TE.TaskEither<FileError, void>

/** Writes a file whole or not at all. After success the content survives a power loss. After failure the old file is unchanged. */
export const writeFileAtomic: WriteFile = (path, content) =>
  TE.tryCatch(() => replaceFile(path, content), explain(path))
