import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import * as E from '#fp-ts/Either'

/** Why a file can't be read. `size` is in bytes. */
export type Unreadable =
  | { readonly type: 'folder' }
  /** A device, a pipe or a socket: reading it may never end. */
  | { readonly type: 'special' }
  | { readonly type: 'large'; readonly size: number; readonly most: number }
  | { readonly type: 'failed'; readonly cause: unknown }

/** An open regular file. */
export interface RegularFile {
  readonly handle: FileHandle
  /** Its size in bytes when it was opened. */
  readonly size: number
}

const refusalOf = async (handle: FileHandle): Promise<E.Either<Unreadable, RegularFile>> => {
  const found = await handle.stat()
  if (found.isDirectory()) return E.left({ type: 'folder' })
  return found.isFile() ? E.right({ handle, size: found.size }) : E.left({ type: 'special' })
}

/** Opens without waiting for a pipe's writer. Windows has neither such pipes nor this flag. */
const withoutWaiting = constants.O_NONBLOCK ?? 0

/** Opens a regular file and uses it. Refuses pipes and devices without waiting for them or reading from them. */
export const withRegularFile = async <L, A>(
  path: string,
  use: (file: RegularFile) => Promise<E.Either<L, A>>,
): Promise<E.Either<Unreadable | L, A>> => {
  try {
    const handle = await open(path, constants.O_RDONLY | withoutWaiting)
    try {
      const file = await refusalOf(handle)
      return E.isLeft(file) ? file : await use(file.right)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    return E.left({ type: 'failed', cause })
  }
}

/** The most bytes that the system reads at once. */
const piece = 2 ** 30

/** Reads into `bytes`, from an offset in the file. Returns the part that was filled. */
export const readInto = async ({ handle }: RegularFile, bytes: Uint8Array, from: number): Promise<Uint8Array> => {
  let done = 0
  while (done < bytes.byteLength) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(piece, bytes.byteLength - done), from + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

/** Reads a whole regular file of at most `most` bytes. */
export const readRegularFile = (path: string, most: number): Promise<E.Either<Unreadable, Uint8Array>> =>
  withRegularFile(
    path,
    async (file): Promise<E.Either<Unreadable, Uint8Array>> =>
      file.size > most
        ? E.left({ type: 'large', size: file.size, most })
        : E.right(await readInto(file, new Uint8Array(file.size), 0)),
  )
