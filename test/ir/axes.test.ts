import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batched, lastSize, sizes } from '../../src/ir/axes.ts'

const shapes = fc.array(fc.nat({ max: 9 }), { maxLength: 5 })

describe('axes of a shape', () => {
  it('are a tuple of that length; another length is a broken invariant', () => {
    fc.assert(
      fc.property(shapes, fc.nat({ max: 5 }), (shape, axes) => {
        if (shape.length === axes) expect(sizes(shape, axes)).toEqual(shape)
        else expect(() => sizes(shape, axes)).toThrow('broken invariant')
      }),
    )
  })

  it('end in the last size and begin with that of the batch', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), shapes, (n, shape) => {
        expect(lastSize([...shape, n])).toBe(n)
        expect(batched([n, ...shape])).toEqual([n, ...shape])
      }),
    )
  })

  it.each([() => lastSize([]), () => batched([])])('are none of a single number: %s', (read) => {
    expect(read).toThrow('broken invariant')
  })
})
