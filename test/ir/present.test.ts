import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, invariant, present } from '../../src/ir/present.ts'

describe('what must be there', () => {
  it('is given back as it is, also where it is 0, empty or false', () => {
    fc.assert(
      fc.property(
        fc.anything().filter((x) => x !== undefined && x !== null),
        (x) => Object.is(present(x, 'x'), x),
      ),
    )
    expect(() => present(undefined, 'the slope')).toThrow('broken invariant: the slope is missing')
    expect(() => present(null, 'the slope')).toThrow('broken invariant: the slope is missing')
  })

  it('stands at each index of a list and at no other', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1 }), (list) => {
        expect(list.map((_, i) => at(list, i))).toEqual(list)
        expect(() => at(list, list.length)).toThrow(`broken invariant: no element ${list.length} among ${list.length}`)
        expect(() => at(Float64Array.from(list), -1)).toThrow('broken invariant')
      }),
    )
  })

  it('holds, or the message says what does not', () => {
    expect(() => invariant(true, () => 'never')).not.toThrow()
    expect(() => invariant(false, () => '2 = 3')).toThrow('broken invariant: 2 = 3')
  })
})
