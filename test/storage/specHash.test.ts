import fc from 'fast-check'
import { expect, test } from 'vitest'
import { showChange } from '../../src/run/changes.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { specChanges, specHash } from '../../src/storage/specHash.ts'
import { right } from '../data/files.ts'
import { games } from '../laws/games.ts'
import { smallRing } from '../run/ring.ts'

test('specs have one hash exactly where nothing differs that a run depends on', () => {
  fc.assert(
    fc.property(games, games, (a, b) => {
      expect(specHash(a) === specHash(b)).toBe(specChanges(a, b).length === 0)
      expect(specHash({ ...a, steps: b.steps, seed: b.seed })).toBe(specHash(a))
      expect(specHash({ ...a, batch: a.batch + 1 })).not.toBe(specHash(a))
    }),
  )
})

test('a spec that was written to a file has the same hash', () => {
  expect(specHash(right(decode(JSON.parse(JSON.stringify(encode(smallRing))))))).toBe(specHash(smallRing))
})

test('the place of a difference is said', () => {
  const { generator, discriminator } = smallRing.optimizers
  const slower = { ...smallRing, optimizers: { ...smallRing.optimizers, generator: { type: 'sgd', lr: 1 } as const } }
  expect(specChanges(smallRing, slower).map(showChange)).toEqual([
    'optimizers.generator was {"type":"adam","lr":0.001,"beta1":0.5,"beta2":0.999,"epsi..., now it is {"type":"sgd","lr":1}',
  ])
  const faster = {
    ...smallRing,
    batch: 7,
    optimizers: { discriminator, generator: { ...generator, lr: 0.01 } },
  } as GameSpec
  expect(specChanges({ ...smallRing, optimizers: { discriminator, generator } } as GameSpec, faster)).toEqual([
    { path: ['optimizers', 'generator', 'lr'], before: 0.001, after: 0.01 },
    { path: ['batch'], before: 32, after: 7 },
  ])
  const turned = { ...smallRing, optimizers: { discriminator, generator } } as typeof smallRing
  expect(specChanges(smallRing, turned).map(({ path }) => path)).toEqual([['optimizers']])
})

test('where data lies makes no difference', () => {
  const at = (path: string) => ({ ...smallRing, sources: { data: { type: 'npy', path, shape: [2] } as const } })
  expect(specHash(at('a.npy'))).toBe(specHash(at('../b/c.npy')))
})
