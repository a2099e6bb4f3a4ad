import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeFileAtomic } from '../../src/io/atomic.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'

test('the last write is what is read, and nothing else is left', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'file')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        await rightOf(writeFileAtomic(path, bytes))
        expect(new Uint8Array(await readFile(path))).toEqual(bytes)
        expect(await readdir(folder)).toEqual(['file'])
      }),
      { numRuns: 20 },
    )
    await rightOf(writeFileAtomic(path, 'text: ü'))
    expect(await readFile(path, 'utf8')).toBe('text: ü')
  }))

test('of writes at the same time one wins, whole', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'file')
    const contents = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(100_000))
    await Promise.all(contents.map((content) => rightOf(writeFileAtomic(path, content))))
    expect(contents).toContain(await readFile(path, 'utf8'))
    expect(await readdir(folder)).toEqual(['file'])
  }))

test('a failure names what was asked for and leaves what was there', () =>
  inFolder(async (folder) => {
    const file = await put(folder, 'file', 'old')
    const taken = join(folder, 'taken')
    await mkdir(join(taken, 'inside'), { recursive: true })
    const missing = join(folder, 'missing', 'file')
    expect(await leftOf(writeFileAtomic(missing, 'new'))).toEqual({
      type: 'FileError',
      place: { type: 'file', path: missing },
      message: `the folder ${join(folder, 'missing')} does not exist`,
      hint: 'Create it, or correct the path.',
    })
    expect(await leftOf(writeFileAtomic(join(file, 'inside'), 'new'))).toMatchObject({
      message: `a part of ${file} is a file, not a folder`,
    })
    expect(await leftOf(writeFileAtomic(taken, 'new'))).toMatchObject({
      place: { type: 'file', path: taken },
      message: 'expected a file, found a folder',
    })
    expect((await readdir(folder)).sort()).toEqual(['file', 'taken'])
    expect(await readFile(file, 'utf8')).toBe('old')
  }))
