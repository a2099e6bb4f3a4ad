import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toField } from '../../src/data/fileArray.ts'
import { size } from '../../src/ir/program.ts'
import { left, right } from './files.ts'

const array = (shape: readonly number[]) => ({ shape, type: 'f32' as const, values: new Float32Array(size(shape)) })

test('a shape fits itself, itself flattened, and itself with axes of 1', () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(shapes, fc.integer({ min: 1, max: 3 }), (shape, count) => {
      for (const found of [shape, [size(shape)], [1, ...shape], [...shape, 1]]) {
        const field = right(toField('', shape)(array([count, ...found])))
        expect(field.shape).toEqual(shape)
        expect(field.values.length).toBe(count * size(shape))
      }
    }),
  )
})

test.each([
  [[10, 27, 28], [28, 28, 1], 'expected samples of shape [28, 28, 1], found [27, 28]: 784 numbers against 756'],
  [[10, 3, 8, 8], [8, 8, 3], 'expected samples of shape [8, 8, 3], found [3, 8, 8]: its axes are in another order'],
])('an array %j as samples %j is refused in words', (found, shape, message) => {
  expect(left(toField('a.npy', shape)(array(found)))).toMatchObject({ place: { type: 'file', path: 'a.npy' }, message })
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is refused, with its place', (value) => {
  const found = array([3, 2])
  found.values[3] = value
  expect(left(toField('', [2])(found)).message).toBe(
    `expected finite float32 numbers, found ${value} (number 1 of sample 1, both from 0)`,
  )
})
