import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { showError } from '../../src/errors/failure.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { readSpec } from '../../src/storage/specFile.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { start } from '../cli/saddle.ts'
import { inFolder, leftOf, put } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { checkpoints, dataFiles, type Fates, meetCheckpoint, meetData, meetSpec, specs } from './hostile.ts'

test('specs that were changed at random: a typed error, or a game that plays', async () => {
  const fates: Fates = { refused: 0, compiled: 0, trained: 0, diverged: 0 }
  await fc.assert(
    fc.asyncProperty(specs, (json) => meetSpec(json, fates)),
    { numRuns: 150 },
  )
  expect(fates.refused).toBeGreaterThan(0)
  expect(fates.compiled).toBeGreaterThan(0)
})

test('checkpoints that were changed at random are refused', () => {
  fc.assert(fc.property(checkpoints, meetCheckpoint), { numRuns: 300 })
})

test('data files that were changed at random: a typed error, or finite samples', () =>
  inFolder(async (folder) => {
    await fc.assert(
      fc.asyncProperty(dataFiles, async (file) => void (await meetData(folder, file))),
      { numRuns: 300 },
    )
  }))

const brackets = (depth: number, open: string, close: string): string => `${open.repeat(depth)}1${close.repeat(depth)}`

test.each([
  brackets(100_000, '[', ']'),
  brackets(100_000, '{"of":', '}'),
  `{"networks":${brackets(100_000, '{"__proto__":', '}')}}`,
  '['.repeat(100_000),
])('%#: 100,000 nested brackets do no harm', (text) =>
  inFolder(async (folder) => {
    const path = await put(folder, 'spec.json', text)
    expect(showError(await leftOf(readSpec(path)))).not.toBe('')
  }),
)

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is no name', (name) => {
  const plain = JSON.stringify(encode(smallRing))
  for (const key of ['D', 'data', 'discriminator', 'networks', 'op']) {
    const found = decode(JSON.parse(plain.replaceAll(`"${key}":`, `"${name}":`)))
    expect(E.isLeft(found), key).toBe(true)
  }
  const added = decode(JSON.parse(plain.replace('"batch":', `"${name}":{"polluted":true},"batch":`)))
  expect(E.isLeft(added)).toBe(true)
  expect(Reflect.has({}, 'polluted')).toBe(false)
})

test('nothing that a spec names is written outside the folder of its run', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'witness'), '')
    const out = join(folder, 'a', 'b', 'run')
    await fc.assert(
      fc.asyncProperty(specs, async (json) => {
        const game = decode(JSON.parse(json))
        if (E.isLeft(game)) return
        await trainRun({ ...game.right, steps: 0 }, { out, baseDirectory: folder, backend: 'reference' })()
        expect(await readdir(folder)).toEqual(expect.arrayContaining(['witness']))
        expect((await readdir(folder)).filter((name) => name !== 'witness' && name !== 'a')).toEqual([])
        for (const parent of ['a', join('a', 'b')])
          for (const name of await readdir(join(folder, parent)).catch(() => [])) expect(['b', 'run']).toContain(name)
      }),
      { numRuns: 50 },
    )
  }))

test('a spec in JSON plays where no text may become code', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.json', JSON.stringify(encode({ ...smallRing, steps: 2 })))
    const env = { NODE_OPTIONS: '--disallow-code-generation-from-strings' }
    const { code, err } = await start(folder, ['train', 'ring.json', '--no-summary', '--threads', '1'], env).ended
    expect(code, err).toBe(0)
  }))
