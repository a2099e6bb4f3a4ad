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
 * A lock is a folder, `run.lock`, that has one folder in it, named after the token of the hold. It comes into being by one
 * renaming, which fails where a lock is that holds anything; it is taken away by one renaming of that very token. So a
 * process can never take away a lock that it has not looked at, and no two can put theirs in the same place.
 */

/** The folder that says who is at work in the folder around it. */
export const lockName = 'run.lock'

const holderName = 'holder.json'

/** Far more than a holder takes. */
const mostBytes = 2 ** 16

export const holdFolder = (folder: string, token: string): string => join(folder, lockName, token)

export const holderPath = (folder: string, token: string): string => join(holdFolder(folder, token), holderName)

/** A hold on a folder. The holder is absent where what a disk has kept of it can't be read. */
export interface FoundHold {
  readonly token: string
  readonly holder?: Holder
  /** When it last gave a sign of life, in milliseconds by the clock of the disk. */
  readonly seen: number
}

const parseHolder = (bytes: Uint8Array): E.Either<unknown, Holder> =>
  pipe(
    parseJson(new TextDecoder().decode(bytes)),
    E.flatMap((value): E.Either<unknown, Holder> => holderCodec.decode(value)),
  )

const isAny = (cause: unknown, ...codes: readonly string[]): boolean => codes.some((code) => code === errorCode(cause))

/** What a promise gives, or undefined where it fails with one of these codes. */
const unless = async <A>(attempt: Promise<A>, ...codes: readonly string[]): Promise<A | undefined> => {
  try {
    return await attempt
  } catch (cause) {
    if (isAny(cause, ...codes)) return undefined
    throw cause
  }
}

/** The hold that there is on a folder. */
export const findHold = async (folder: string): Promise<FoundHold | undefined> => {
  const tokens = await unless(readdir(join(folder, lockName)), 'ENOENT')
  const token = tokens?.[0]
  if (token === undefined) return undefined
  const path = holderPath(folder, token)
  const about =
    (await unless(stat(path), 'ENOENT', 'ENOTDIR')) ?? (await unless(lstat(holdFolder(folder, token)), 'ENOENT'))
  // It ended in this very moment.
  if (about === undefined) return findHold(folder)
  const bytes = await readRegularFile(path, mostBytes)
  // A disk that fails now says nothing about the holder.
  if (E.isLeft(bytes) && bytes.left.type === 'failed' && !isAny(bytes.left.cause, 'ENOENT', 'ENOTDIR'))
    throw bytes.left.cause
  const holder = E.isRight(bytes) ? parseHolder(bytes.right) : bytes
  return { token, seen: about.mtimeMs, ...(E.isRight(holder) && { holder: holder.right }) }
}

/** A hold before it is in its place. */
export interface Draft {
  readonly path: string
  /** When it was written, by the clock of the disk. */
  readonly made: number
}

/** Writes a hold down, beside the place where it is to be; undefined where somebody tidied it away in the middle. */
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

/** Removes what matters to nobody; where that fails, the next run tidies up. */
export const discard = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true }).catch(() => undefined)

/** Renaming to a folder that has something in it; Windows says so in other words. */
const occupied = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]

/** Puts a hold in its place; false where another one is there, or the draft is gone. */
export const placeHold = async (folder: string, { path }: Draft): Promise<boolean> => {
  const lock = join(folder, lockName)
  // A lock that holds nothing is nobody's; one that does is not removed by this.
  await unless(rmdir(lock), 'ENOENT', ...occupied)
  const placed = rename(path, lock).then(() => true)
  return (await unless(placed, 'ENOENT', ...occupied)) ?? false
}

/** Takes away the hold of a token, and no other. From then on nothing can be renamed out of its folder. */
export const removeHold = async (folder: string, token: string): Promise<void> => {
  const aside = join(folder, temporaryName())
  await unless(rename(holdFolder(folder, token), aside), 'ENOENT')
  await discard(aside)
  await unless(rmdir(join(folder, lockName)), 'ENOENT', ...occupied)
}
