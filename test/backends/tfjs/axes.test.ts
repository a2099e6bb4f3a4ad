import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinAfter, joinMarked, joinPermuted, joinRepeated } from '../../../src/backends/tfjs/axes.ts'
import { strides } from '../../../src/ir/ops/op.ts'
import { at } from '../../../src/ir/present.ts'
import { type Shape, size } from '../../../src/ir/program.ts'

const shapes: fc.Arbitrary<Shape> = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 6 })

/** The place in memory of each element of a transposed array, in order. */
const places = (shape: Shape, permutation: readonly number[]): readonly number[] => {
  const steps = strides(shape)
  return permutation.reduceRight<readonly number[]>(
    (inner, axis) =>
      Array.from({ length: at(shape, axis) }, (_, i) => inner.map((n) => n + i * at(steps, axis))).flat(),
    [0],
  )
}

const permuted = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
)

describe('a permutation of joined axes', () => {
  test('puts every element where it was put', () => {
    fc.assert(
      fc.property(permuted, ([shape, permutation]) => {
        const joined = joinPermuted(shape, permutation)
        expect(places(joined.shape, joined.permutation)).toEqual(places(shape, permutation))
      }),
    )
  })

  test('has no axis of one, and no two that stay together', () => {
    fc.assert(
      fc.property(permuted, ([shape, permutation]) => {
        const joined = joinPermuted(shape, permutation)
        expect(joined.shape).not.toContain(1)
        joined.permutation.forEach((axis, i) => {
          expect(joined.permutation[i + 1]).not.toBe(axis + 1)
        })
      }),
    )
  })
})

const marked = shapes.chain((shape) =>
  fc.tuple(fc.constant(shape), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length })),
)

test('marked axes alternate with others, and have the same elements', () => {
  fc.assert(
    fc.property(marked, ([shape, marks]) => {
      const joined = joinMarked(shape, (axis) => marks[axis] === true)
      expect(size(joined.shape)).toBe(size(shape))
      expect(size(joined.marked.map((axis) => at(joined.shape, axis)))).toBe(
        size(shape.filter((_, axis) => marks[axis])),
      )
      const kinds = joined.shape.map((_, axis) => joined.marked.includes(axis))
      expect(kinds.every((kind, axis) => axis === 0 || kind !== kinds[axis - 1])).toBe(true)
    }),
  )
})

test('a marked axis takes with it what follows, and nothing before', () => {
  fc.assert(
    fc.property(marked, ([shape, marks]) => {
      const { groups } = joinAfter(shape, (axis) => marks[axis] === true)
      expect(groups.flat()).toEqual([...shape.keys()])
      for (const [, ...rest] of groups) expect(rest.some((axis) => marks[axis])).toBe(false)
      expect(groups.slice(1).every(([first = 0]) => marks[first])).toBe(true)
    }),
  )
})

test('shapes that broadcast to each other still do, to as many elements', () => {
  const pairs = marked.chain(([shape, marks]) =>
    fc.tuple(
      fc.constant(shape),
      fc.constant(shape.map((n, axis) => (marks[axis] ? 1 : n))),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
    ),
  )
  fc.assert(
    fc.property(pairs, ([shape, left, marks]) => {
      const right = shape.map((n, axis) => (marks[axis] && at(left, axis) === n ? 1 : n))
      const join = joinRepeated(left, right)
      const [a, b] = [join.of(left), join.of(right)]
      expect(a.length).toBe(join.rank)
      expect([size(a), size(b)]).toEqual([size(left), size(right)])
      expect(a.length).toBe(b.length)
      const full = a.map((n, axis) => Math.max(n, at(b, axis)))
      expect(a.every((n, axis) => n === 1 || n === full[axis])).toBe(true)
      expect(b.every((n, axis) => n === 1 || n === full[axis])).toBe(true)
      expect(size(full)).toBe(size(left.map((n, axis) => Math.max(n, at(right, axis)))))
    }),
  )
})
