import fc from 'fast-check'
import { expect, it } from 'vitest'
import { present } from '../../src/ir/present.ts'

it('a value that is there is itself, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string()), (value) => {
      expect(present(value, 'value')).toBe(value)
    }),
  )
})

it('an absent one is a broken invariant that names it', () => {
  expect(() => present(undefined, "network 'G'")).toThrow("broken invariant: there is no network 'G'")
})
