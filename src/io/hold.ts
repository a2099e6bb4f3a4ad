import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type FileError, fileError } from '../errors/fileError.ts'
import { replaceFile, temporaryName, type WriteFile } from './atomic.ts'
import { errorCode } from './errorCode.ts'
import { explain } from './fileError.ts'
import type { Holder } from './holder.ts'
import { findHold, holderPath, holdFolder, lockName } from './lockFolder.ts'
import { makeFolder } from './makeFolder.ts'
import { processName } from './processName.ts'

/**
 * What a process may do in a folder whose lock it holds. Once another process has taken the lock, every action fails and changes
 * nothing: files are written in the hold's own folder and renamed out of it, and that folder is then gone.
 */
export interface Hold {
  /** Left if this process no longer holds the lock. */
  readonly check: TE.TaskEither<FileError, void>
  /** Writes a file whole or not at all. Makes its folder again if that was removed. */
  readonly write: WriteFile
  /** Removes a file or a folder, if it is there. */
  readonly remove: (path: string) => TE.TaskEither<FileError, void>
}

const lost = (folder: string, holder: Holder | undefined): FileError => {
  const lock = join(folder, lockName)
  return holder === undefined
    ? fileError(
        folder,
        `the lock of this run, ${lock}, was removed`,
        'Another process may be using the run. Continue it with --resume.',
      )
    : fileError(
        folder,
        `another process has taken over this run: ${processName(holder)}`,
        'Wait until it ends. This process has written nothing since then.',
      )
}

/** Why the lock is lost. `undefined` while it is held, and if the folder itself is gone, which another error reports. */
const lossOf = async (folder: string, token: string): Promise<FileError | undefined> => {
  if (existsSync(holdFolder(folder, token)) || !existsSync(folder)) return undefined
  const found = await findHold(folder).catch(() => undefined)
  return lost(folder, found?.holder)
}

/** Whether a rename failed because the target is on another disk, as when the checkpoint folder is a link. */
const isElsewhere = (cause: unknown): boolean => errorCode(cause) === 'EXDEV'

export const holdOf = (folder: string, token: string): Hold => {
  const own = holdFolder(folder, token)

  const attempt = (path: string, work: () => Promise<void>): TE.TaskEither<FileError, void> =>
    pipe(
      TE.tryCatch(work, (cause) => cause),
      TE.orElse((cause) => async () => {
        const loss = errorCode(cause) === 'ENOENT' ? await lossOf(folder, token) : undefined
        return E.left(loss ?? explain(path)(cause))
      }),
    )

  const stillHeld = async (): Promise<void> => {
    const file = await open(holderPath(folder, token), 'r')
    await file.close()
  }

  /** Makes a folder again that someone removed. */
  const restore = async (path: string): Promise<void> => {
    const parent = dirname(path)
    if (dirname(resolve(parent)) === resolve(folder) && !existsSync(parent)) await makeFolder(parent)
  }

  const write = async (path: string, content: Uint8Array | string): Promise<void> => {
    await stillHeld()
    await restore(path)
    try {
      await replaceFile(path, content, own)
    } catch (cause) {
      if (!isElsewhere(cause)) throw cause
      await stillHeld()
      await replaceFile(path, content)
    }
  }

  const remove = async (path: string): Promise<void> => {
    await stillHeld()
    const aside = join(own, temporaryName())
    try {
      await rename(path, aside)
      await rm(aside, { recursive: true })
    } catch (cause) {
      if (isElsewhere(cause)) {
        await stillHeld()
        await rm(path, { recursive: true, force: true })
        // The file is gone already, which is fine unless the lock is gone too.
      } else if (errorCode(cause) === 'ENOENT') await stillHeld()
      else throw cause
    }
  }

  return {
    check: attempt(folder, stillHeld),
    write: (path, content) => attempt(path, () => write(path, content)),
    remove: (path) => attempt(path, () => remove(path)),
  }
}

export const removeAll = (paths: readonly string[], { remove }: Hold): TE.TaskEither<FileError, void> =>
  pipe(paths, TE.traverseSeqArray(remove), TE.asUnit)
