import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as O from '#fp-ts/Option'
import { decode, encode } from '../../../src/dsl/codec.ts'
import { specDifference, specHash } from '../../../src/training/files/specHash.ts'
import { right } from '../../data/files.ts'
import { games } from '../../laws/games.ts'
import { smallRing } from '../ring.ts'

test('specs have one hash exactly where nothing differs that a run depends on', () => {
  fc.assert(
    fc.property(games, games, (a, b) => {
      expect(specHash(a) === specHash(b)).toBe(O.isNone(specDifference(a, b)))
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
  expect(specDifference(smallRing, slower)).toEqual(O.some('optimizers.generator.type was "adam", now it is "sgd"'))
  const turned = { ...smallRing, optimizers: { discriminator, generator } } as typeof smallRing
  expect(specDifference(smallRing, turned)).toEqual(O.some('the names in optimizers were in another order'))
})

test('where data lies makes no difference', () => {
  const at = (path: string) => ({ ...smallRing, sources: { data: { type: 'npy', path, shape: [2] } as const } })
  expect(specHash(at('a.npy'))).toBe(specHash(at('../b/c.npy')))
})
