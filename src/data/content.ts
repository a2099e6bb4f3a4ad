import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type DataError, dataError } from './dataset.ts'
import { errorCode } from './errorCode.ts'

/** A file read whole; of a gzip file, what it holds. */
export interface Content {
  readonly path: string
  readonly bytes: Uint8Array
}

/** What Node reads in one piece: 2 GiB less a byte. */
const maxBytes = 2 ** 31 - 1

const unreadable = (path: string, cause: unknown): DataError => {
  switch (errorCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return dataError(
        path,
        'expected a file, found none',
        'Check the path; a relative one starts at the folder of the spec.',
      )
    case 'EACCES':
    case 'EPERM':
      return dataError(path, 'the file may not be read by this user', 'Change its permissions, or those of its folder.')
    default:
      return dataError(path, `the file could not be read: ${String(cause)}`, 'Check the disk, then try again.')
  }
}

// Asked before opening: opening a pipe would wait for a writer.
const checkFile = (path: string): TE.TaskEither<DataError, void> =>
  pipe(
    TE.tryCatch(
      () => stat(path),
      (cause) => unreadable(path, cause),
    ),
    TE.flatMap((found) => {
      if (found.isDirectory())
        return TE.left(dataError(path, 'expected a file, found a folder', 'Name a file inside it.'))
      if (!found.isFile())
        return TE.left(dataError(path, 'expected a regular file, found a device or a pipe', 'Save the data to a file.'))
      if (found.size === 0)
        return TE.left(dataError(path, 'expected data, found an empty file', 'Write or download it again.'))
      if (found.size > maxBytes)
        return TE.left(
          dataError(path, `expected at most ${maxBytes} bytes, found ${found.size}`, 'Use a part of the data.'),
        )
      return TE.right(undefined)
    }),
  )

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const unpack = ({ path, bytes }: Content): TE.TaskEither<DataError, Content> =>
  pipe(
    TE.tryCatch(
      (): Promise<Uint8Array> => promisify(gunzip)(bytes, { maxOutputLength: maxBytes }),
      (cause) =>
        errorCode(cause) === 'ERR_BUFFER_TOO_LARGE'
          ? dataError(path, `expected at most ${maxBytes} bytes once unpacked, found more`, 'Use a part of the data.')
          : dataError(path, `expected a whole gzip file, found a damaged one (${String(cause)})`, 'Download it again.'),
    ),
    TE.map((unpacked) => ({ path, bytes: unpacked })),
  )

/** Reads a file of at most 2 GiB; gzip is told by content, not by name. */
export const readContent = (path: string): TE.TaskEither<DataError, Content> =>
  pipe(
    checkFile(path),
    TE.flatMap(() =>
      TE.tryCatch(
        async (): Promise<Content> => ({ path, bytes: await readFile(path) }),
        (cause) => unreadable(path, cause),
      ),
    ),
    TE.flatMap((content) => (isGzip(content.bytes) ? unpack(content) : TE.right(content))),
  )

/** SHA-256, in hex, of contents one after the other. Formats that state their length keep it unambiguous. */
export const hashContents = (contents: readonly Content[]): string =>
  contents.reduce((hash, { bytes }) => hash.update(bytes), createHash('sha256')).digest('hex')
