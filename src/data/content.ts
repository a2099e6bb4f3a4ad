import { createHash } from 'node:crypto'
import { createGunzip } from 'node:zlib'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as TE from '#fp-ts/TaskEither'
import { type DataError, dataError } from '../errors/dataError.ts'
import { errorCode } from '../io/errorCode.ts'
import { type RegularFile, readInto, type Unreadable, withRegularFile } from '../io/regularFile.ts'

/** The whole content of a file; unpacked, if it is gzip. */
export interface Content {
  readonly path: string
  readonly bytes: Uint8Array
}

/** How many bytes a content may have, and the error of a longer one. */
export interface Expected {
  readonly bytes: number
  readonly tooLong: (found: number | 'more') => DataError
}

/** Tells from the first bytes how long a content may be; left if they are wrong already. Reading stops at that length. */
export type Expect = (head: Content) => E.Either<DataError, Expected>

/** How many bytes `Expect` sees; all, if there are fewer. */
const headBytes = 2 ** 14

/** The most that Node reads at once: one byte less than 2 GiB. */
const maxBytes = 2 ** 31 - 1

const unreadable = (path: string, found: Unreadable): DataError => {
  switch (found.type) {
    case 'folder':
      return dataError(path, 'expected a file, found a folder', 'Name a file inside it.')
    case 'special':
      return dataError(path, 'expected a regular file, found a device or a pipe', 'Save the data to a file.')
    case 'large':
      return dataError(path, `expected at most ${found.most} bytes, found ${found.size}`, 'Use a part of the data.')
    case 'failed':
      return failed(path, found.cause)
  }
}

const failed = (path: string, cause: unknown): DataError => {
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
      return dataError(path, 'this user may not read the file', 'Change its permissions, or those of its folder.')
    default:
      return dataError(path, `the file could not be read: ${String(cause)}`, 'Check the disk, then try again.')
  }
}

type Read = E.Either<DataError | Unreadable, Content>

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const unpacked = (path: string): Expected => ({
  bytes: maxBytes,
  tooLong: () =>
    dataError(path, `expected at most ${maxBytes} bytes once unpacked, found more`, 'Use a part of the data.'),
})

const joined = (pieces: readonly Uint8Array[], length: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}

/** Unpacks chunk by chunk, and stops at the first chunk that exceeds the expected length. */
const readPacked = async (path: string, { handle }: RegularFile, expect: Expect): Promise<Read> => {
  const source = handle.createReadStream({ start: 0, autoClose: false })
  const gunzip = createGunzip({ chunkSize: headBytes })
  source.on('error', (cause) => gunzip.destroy(cause))
  const pieces: Uint8Array[] = []
  let length = 0
  let expected: Expected | undefined
  const content = (): Content => ({ path, bytes: joined(pieces, length) })
  /** The error, if what has been read is wrong already. */
  const refusal = (): DataError | undefined => {
    if (expected === undefined && length >= headBytes) {
      const found = expect(content())
      if (E.isLeft(found)) return found.left
      expected = found.right
    }
    const limit = [expected, unpacked(path)].find((each) => each !== undefined && length > each.bytes)
    return limit?.tooLong('more')
  }
  try {
    for await (const piece of source.pipe(gunzip)) {
      pieces.push(piece)
      length += piece.byteLength
      const found = refusal()
      if (found !== undefined) return E.left(found)
    }
    return E.right(content())
  } catch (cause) {
    if (!`${errorCode(cause)}`.startsWith('Z_')) throw cause
    return E.left(
      dataError(path, `expected a whole gzip file, found a damaged one (${String(cause)})`, 'Download it again.'),
    )
  } finally {
    source.destroy()
  }
}

const readPlain = async (path: string, file: RegularFile, head: Uint8Array, expect: Expect): Promise<Read> => {
  const { size } = file
  if (size > maxBytes) return E.left({ type: 'large', size, most: maxBytes })
  const expected = expect({ path, bytes: head })
  if (E.isLeft(expected)) return expected
  if (size > expected.right.bytes) return E.left(expected.right.tooLong(size))
  return E.right({ path, bytes: await readInto(file, new Uint8Array(size), 0) })
}

/** Reads a file of at most 2 GiB. Recognises gzip by its content, not its name. */
export const readContent =
  (path: string, expect: Expect): TE.TaskEither<DataError, Content> =>
  async () =>
    pipe(
      await withRegularFile(path, async (file): Promise<Read> => {
        if (file.size === 0)
          return E.left(dataError(path, 'expected data, found an empty file', 'Write or download it again.'))
        const head = await readInto(file, new Uint8Array(Math.min(headBytes, file.size)), 0)
        return isGzip(head) ? readPacked(path, file, expect) : readPlain(path, file, head, expect)
      }),
      E.mapLeft((found) => (found.type === 'DataError' ? found : unreadable(path, found))),
    )

/** The SHA-256, in hex, of concatenated contents. Their formats state their lengths, so the result is unambiguous. */
export const hashContents = (contents: readonly Content[]): string =>
  contents.reduce((hash, { bytes }) => hash.update(bytes), createHash('sha256')).digest('hex')
