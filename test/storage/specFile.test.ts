import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { showError } from '../../src/errors/failure.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { openRun } from '../../src/storage/openRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { isSplit, joinSpec, splitSpec } from '../../src/storage/specTensors.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const number = fc.double({ noNaN: true }).map((x) => x + 0)

test('a spec whose long lists were moved is put together again, number by number', () => {
  const long = fc.tuple(fc.array(number, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1001, max: 1400 }))
  const list = long.map(([part, length]) => Array.from({ length }, (_, i) => part[i % part.length] ?? 0))
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.jsonValue(),
      list,
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('any'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).any
  fc.assert(
    fc.property(value, (spec) => {
      const split = splitSpec(spec)
      expect(E.isLeft(joinSpec({ json: split.json, tensors: {} }))).toBe(isSplit(split.json))
      expect(joinSpec(split)).toEqual(E.right(spec))
      expect(JSON.stringify(split.json)).not.toMatch(/(-?[\d.e+-]+,){1001}/)
    }),
    { numRuns: 50 },
  )
})

test.each([1000, 1001])('a list of %d numbers is moved only where it is longer than 1000', (length) => {
  const { tensors } = splitSpec({ a: [{ b: Array.from({ length }, () => 0.1) }] })
  expect(Object.keys(tensors)).toEqual(length > 1000 ? ['a.0.b'] : [])
})

/** A game whose data are 3,000 points that the spec itself holds, with every digit of float64. */
const withPoints: GameSpec = {
  ...smallRing,
  sources: {
    ...smallRing.sources,
    data: tensor({ shape: [2], values: Array.from({ length: 6000 }, (_, i) => Math.sin(i)) }),
  },
  steps: 4,
}

test('a run keeps large data beside a spec.json of a few lines, and opens, samples and names a lost file', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    const trained = await trainRun(withPoints, { out, backend: 'reference' })()
    if (E.isLeft(trained)) throw new Error(showError(trained.left))
    expect(await readdir(out)).toContain('spec.safetensors')
    expect((await readFile(join(out, 'spec.json'), 'utf8')).length).toBeLessThan(20_000)
    const opened = await openRun(out)()
    expect(E.isRight(opened) && opened.right.game).toEqual(withPoints)
    expect(E.isRight(await sampleRun(out, { count: 3 })())).toBe(true)
    await rm(join(out, 'spec.safetensors'))
    const lost = await openRun(out)()
    expect(E.isLeft(lost) && showError(lost.left)).toMatch(
      /spec\.safetensors: there is no such file\n {2}Restore the file/,
    )
  }))
