import { execFileSync } from 'node:child_process'
import { mkdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashContents, readContent } from '../../src/data/content.ts'
import { inFolder, leftOf, put, rightOf } from './files.ts'

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
      path: join(folder, 'missing'),
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
