import { lstat, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { temporaryName, writeDurably } from './atomic.ts'
import { errorCode } from './errorCode.ts'
import { type Holder, holderCodec } from './holder.ts'
import { parseJson } from './parseJson.ts'
import { readRegularFile } from './regularFile.ts'

/*
 * A lock is a folder, `run.lock`, that contains one folder, named after the token of the hold. One rename creates it, and fails
 * if another lock with content is there. One rename of that token removes it. So no two processes can hold the lock, and no
 * process can remove a lock that it has not read.
 */

/** The name of the lock folder, inside the locked folder. */
export const lockName = 'run.lock'

const holderName = 'holder.json'

/** Far more bytes than a holder file has. */
const mostBytes = 2 ** 16

export const holdFolder = (folder: string, token: string): string => join(folder, lockName, token)

export const holderPath = (folder: string, token: string): string => join(holdFolder(folder, token), holderName)

/** A hold on a folder. `holder` is absent if its file is damaged. */
export interface FoundHold {
  readonly token: string
  readonly holder?: Holder
  /** When it was last renewed, in milliseconds by the disk's clock. */
  readonly seen: number
}

const parseHolder = (bytes: Uint8Array): E.Either<unknown, Holder> =>
  pipe(
    parseJson(new TextDecoder().decode(bytes)),
    E.flatMap((value): E.Either<unknown, Holder> => holderCodec.decode(value)),
  )

const isAny = (cause: unknown, ...codes: readonly string[]): boolean => codes.some((code) => code === errorCode(cause))

/** The value of a promise, or `undefined` if it fails with one of these codes. */
const unless = async <A>(attempt: Promise<A>, ...codes: readonly string[]): Promise<A | undefined> => {
  try {
    return await attempt
  } catch (cause) {
    if (isAny(cause, ...codes)) return undefined
    throw cause
  }
}

/** The hold on a folder, if any. */
export const findHold = async (folder: string): Promise<FoundHold | undefined> => {
  const tokens = await unless(readdir(join(folder, lockName)), 'ENOENT')
  const token = tokens?.[0]
  if (token === undefined) return undefined
  const path = holderPath(folder, token)
  const about =
    (await unless(stat(path), 'ENOENT', 'ENOTDIR')) ?? (await unless(lstat(holdFolder(folder, token)), 'ENOENT'))
  // The hold was released at this moment: look again.
  if (about === undefined) return findHold(folder)
  const bytes = await readRegularFile(path, mostBytes)
  // A failing disk says nothing about the holder.
  if (E.isLeft(bytes) && bytes.left.type === 'failed' && !isAny(bytes.left.cause, 'ENOENT', 'ENOTDIR'))
    throw bytes.left.cause
  const holder = E.isRight(bytes) ? parseHolder(bytes.right) : bytes
  return { token, seen: about.mtimeMs, ...(E.isRight(holder) && { holder: holder.right }) }
}

/** A hold that is written but not yet in place. */
export interface Draft {
  readonly path: string
  /** When it was written, by the disk's clock. */
  readonly made: number
}

/** Writes a hold beside its final place. `undefined` if another process removed it meanwhile. */
export const draftHold = async (folder: string, token: string, holder: Holder): Promise<Draft | undefined> => {
  const path = join(folder, temporaryName())
  try {
    await mkdir(path)
    const written = (async () => {
      await mkdir(join(path, token))
      await writeDurably(join(path, token, holderName), `${JSON.stringify(holder)}\n`)
      return stat(join(path, token, holderName))
    })()
    const about = await unless(written, 'ENOENT')
    return about === undefined ? undefined : { path, made: about.mtimeMs }
  } catch (cause) {
    await discard(path)
    throw cause
  }
}

/** Removes leftovers. If that fails, the next run removes them. */
export const discard = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true }).catch(() => undefined)

/** The error codes of a rename onto a folder that is not empty. Windows has others. */
const occupied = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]

/** Moves a hold into place. `false` if another one is there, or the draft is gone. */
export const placeHold = async (folder: string, { path }: Draft): Promise<boolean> => {
  const lock = join(folder, lockName)
  // An empty lock folder belongs to no process. rmdir does not remove one with content.
  await unless(rmdir(lock), 'ENOENT', ...occupied)
  const placed = rename(path, lock).then(() => true)
  return (await unless(placed, 'ENOENT', ...occupied)) ?? false
}

/** Removes the hold with this token, and no other. Afterwards nothing can be renamed out of its folder. */
export const removeHold = async (folder: string, token: string): Promise<void> => {
  const aside = join(folder, temporaryName())
  await unless(rename(holdFolder(folder, token), aside), 'ENOENT')
  await discard(aside)
  await unless(rmdir(join(folder, lockName)), 'ENOENT', ...occupied)
}
