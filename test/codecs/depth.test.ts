import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDeeperThan } from '../../src/codecs/depth.ts'

const depth = (u: unknown): number =>
  typeof u === 'object' && u !== null ? 1 + Math.max(0, ...Object.values(u).map(depth)) : 0

it('is that of the objects within each other', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(8), (json, limit) => {
      expect(isDeeperThan(limit, json)).toBe(depth(json) > limit)
    }),
  )
})

it('is found at once for a value of few objects and many paths', () => {
  let shared: unknown = 0
  for (let i = 0; i < 900; i++) shared = { left: shared, right: shared }
  expect(isDeeperThan(1000, shared)).toBe(false)
  expect(isDeeperThan(899, shared)).toBe(true)
})
