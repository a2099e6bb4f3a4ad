import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applied, changesBetween, reverted, showChange } from '../../src/run/changes.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { right } from '../data/files.ts'
import { games } from '../laws/games.ts'

test('changes turn one value into the other, and back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const changes = changesBetween(a, b)
      expect(JSON.stringify(applied(a, changes))).toBe(JSON.stringify(b))
      expect(JSON.stringify(reverted(b, [...changes].reverse()))).toBe(JSON.stringify(a))
      expect(changes.length === 0).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

test('changes turn one spec into the other, and back', () => {
  fc.assert(
    fc.property(games, games, (a, b) => {
      const changes = changesBetween(encode(a), encode(b))
      expect(right(decode(applied(encode(a), changes)))).toEqual(right(decode(encode(b))))
      expect(right(decode(reverted(encode(b), changes)))).toEqual(right(decode(encode(a))))
    }),
  )
})

test('a change is told as deep as the values are of one kind', () => {
  const rate = (from: unknown) => ({ optimizers: { G: { type: 'sgd', lr: from } } })
  expect(changesBetween(rate(0.1), rate(0.2)).map(showChange)).toEqual(['optimizers.G.lr was 0.1, now it is 0.2'])
  expect(changesBetween(rate(0.1), rate({ op: 'step' })).map(showChange)).toEqual([
    'optimizers.G.lr was 0.1, now it is step',
  ])
  expect(changesBetween(rate({ op: 'step' }), rate({ op: 'progress' }))).toEqual([
    { path: ['optimizers', 'G', 'lr'], before: { op: 'step' }, after: { op: 'progress' } },
  ])
  expect(changesBetween([1, [2, 3]], [1, [2, 4]])).toEqual([{ path: ['1', '1'], before: 3, after: 4 }])
})
