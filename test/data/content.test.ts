import { execFileSync } from 'node:child_process'
import { mkdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { type Expect, hashContents, readContent as readExpected } from '../../src/data/content.ts'
import { openDataset } from '../../src/data/open.ts'
import { dataError } from '../../src/errors/dataError.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { inFolder, leftOf, put, rightOf } from './files.ts'

const atMost =
  (bytes: number): Expect =>
  ({ path }) =>
    E.right({ bytes, tooLong: (found) => dataError(path, `found ${found} bytes`, '') })

const readContent = (path: string) => readExpected(path, atMost(2 ** 32))

test('a gzip file reads, and hashes, as what it holds', () =>
  inFolder((folder) =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 3 }), async (bytes) => {
        fc.pre(bytes[0] !== 0x1f)
        const plain = await rightOf(readContent(await put(folder, 'plain', bytes)))
        const packed = await rightOf(readContent(await put(folder, 'packed', gzipSync(bytes))))
        expect(packed.bytes).toEqual(plain.bytes)
        expect(hashContents([packed])).toBe(hashContents([plain]))
      }),
      { numRuns: 50 },
    ),
  ))

test('a hash is SHA-256 of the bytes in order', () => {
  const content = (text: string) => ({ path: '', bytes: new TextEncoder().encode(text) })
  expect(hashContents([content('ab'), content('c')])).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('what is no file of data is refused in words', () =>
  inFolder(async (folder) => {
    const whole = gzipSync(new Uint8Array(1000).map((_, i) => (i * i) % 251))
    const huge = await put(folder, 'huge', 'x')
    await truncate(huge, 2 ** 31)
    await mkdir(join(folder, 'folder'))
    const message = async (path: string) => (await leftOf(readContent(path))).message
    expect(await leftOf(readContent(join(folder, 'missing')))).toEqual({
      type: 'DataError',
      place: { type: 'file', path: join(folder, 'missing') },
      message: 'expected a file, found none',
      hint: 'Check the path; a relative one starts at the folder of the spec.',
    })
    expect(await message(join(huge, 'inside'))).toBe('expected a file, found none')
    expect(await message(join(folder, 'folder'))).toBe('expected a file, found a folder')
    expect(await message(await put(folder, 'empty', ''))).toBe('expected data, found an empty file')
    expect(await message(huge)).toBe('expected at most 2147483647 bytes, found 2147483648')
    expect(await message(await put(folder, 'cut.gz', whole.subarray(0, -20)))).toMatch(
      /^expected a whole gzip file, found a damaged one \(.*unexpected end of file/,
    )
  }))

// Windows has no mkfifo.
test.skipIf(process.platform === 'win32')('a pipe is refused, not waited for', () =>
  inFolder(async (folder) => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    const error = await leftOf(readContent(join(folder, 'pipe')))
    expect(error.message).toBe('expected a regular file, found a device or a pipe')
  }),
)

test('what is longer than expected is refused, plain with its length, packed as soon as it is too long', () =>
  inFolder(async (folder) => {
    const bytes = new Uint8Array(100_000)
    const files = [await put(folder, 'plain', bytes), await put(folder, 'packed', gzipSync(bytes))] as const
    const message = async (path: string, most: number) => (await leftOf(readExpected(path, atMost(most)))).message
    for (const most of [1, 16_384, 99_999]) {
      expect(await message(files[0], most)).toBe('found 100000 bytes')
      expect(await message(files[1], most)).toBe('found more bytes')
    }
    for (const path of files) {
      expect((await rightOf(readExpected(path, atMost(100_000)))).bytes).toEqual(bytes)
      const heads: number[] = []
      const refuse: Expect = ({ bytes: head }) => {
        heads.push(head.byteLength)
        return E.left(dataError(path, 'no', ''))
      }
      expect((await leftOf(readExpected(path, refuse))).message).toBe('no')
      expect(heads).toEqual([16_384])
    }
  }))

/** The most memory that a process takes while something goes on, beyond what it took before, in bytes. */
const grownBy = async (work: () => Promise<void>): Promise<number> => {
  const before = process.memoryUsage().rss
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  await work()
  clearInterval(timer)
  return Math.max(most, process.memoryUsage().rss) - before
}

test('a small gzip file that holds 2 GiB takes little memory to refuse', () =>
  inFolder(async (folder) => {
    const member = gzipSync(new Uint8Array(2 ** 24))
    const array = encodeNpy([4, 2], new Float32Array(8))
    const members = Array.from({ length: 128 }, () => member)
    const path = await put(folder, 'bomb.npy', Buffer.concat([gzipSync(array), ...members]))
    const grown = await grownBy(async () => {
      expect(await leftOf(openDataset({ type: 'npy', path, shape: [2] }, folder))).toMatchObject({
        message: 'expected 32 bytes for [4, 2] of f32, as its header says, found more',
      })
      expect(await leftOf(openDataset({ type: 'csv', path, shape: [2] }, folder))).toMatchObject({
        message: 'expected at most 67108864 bytes of CSV, found more',
      })
      expect(await leftOf(openDataset({ type: 'idx', images: path, shape: [2] }, folder))).toMatchObject({
        message: 'expected an IDX file, found another format',
      })
    })
    expect(grown).toBeLessThan(300e6)
  }))
