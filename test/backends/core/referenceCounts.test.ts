import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReferenceCounts } from '../../../src/backends/core/referenceCounts.ts'

test('a tensor is freed once, when the last of those that hold it lets go', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (holders) => {
      const x = {}
      const freed: object[] = []
      const holds = createReferenceCounts<object>((tensor) => freed.push(tensor))
      for (let i = 0; i < holders; i++) holds.keep({ x })
      for (let i = 0; i < holders; i++) {
        expect(freed).toEqual([])
        holds.drop({ x })
      }
      expect(freed).toEqual([x])
      expect(() => holds.drop({ x })).toThrow('broken invariant: a tensor is freed that nobody holds')
    }),
  ))
