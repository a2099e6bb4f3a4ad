import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as TE from '#fp-ts/TaskEither'
import { explain, type FileError } from './fileError.ts'

const writeDurably = async (path: string, content: Uint8Array | string): Promise<void> => {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

// The rename itself is lost with the power unless the folder is written too; Windows opens no folders.
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

/** Whether a file is what a write that was killed left behind. */
export const isTemporary = (name: string): boolean => /^\.saddle-[0-9a-f-]{36}\.tmp$/.test(name)

const replace = async (path: string, content: Uint8Array | string): Promise<void> => {
  const folder = dirname(path)
  const temporary = join(folder, temporaryName())
  try {
    await writeDurably(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    // What is reported is why the write failed, not that its remains could not be removed.
    await rm(temporary, { force: true }).catch(() => undefined)
    throw cause
  }
  await syncFolder(folder)
}

/** Writes a file whole or not at all: once it is done, the content outlives a loss of power; a failure leaves what was there. */
export const writeFileAtomic = (path: string, content: Uint8Array | string): TE.TaskEither<FileError, void> =>
  TE.tryCatch(() => replace(path, content), explain(path))
