import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toLabels } from '../../src/data/labels.ts'
import { left, right } from './files.ts'

const array = (labels: readonly number[], shape = [labels.length]) => ({
  shape,
  type: 'f32' as const,
  values: Float32Array.from(labels),
})

test('each row is 1 at its label and 0 elsewhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(), { minLength: 1 }), (classes, numbers) => {
      const labels = numbers.map((n) => n % classes)
      const { shape, values } = right(toLabels('', classes, labels.length)(array(labels)))
      expect(shape).toEqual([classes])
      expect([...values]).toEqual(labels.flatMap((label) => Array.from({ length: classes }, (_, i) => +(i === label))))
    }),
  )
})

test.each([
  [[0, 3], 3, 'expected labels from 0 to 2, found 3 at sample 1 (from 0)'],
  [[-1, 0], 3, 'expected labels from 0 to 2, found -1 at sample 0 (from 0)'],
  [[0, 0.5], 3, 'expected labels from 0 to 2, found 0.5 at sample 1 (from 0)'],
  [[0, Number.NaN], 3, 'expected labels from 0 to 2, found NaN at sample 1 (from 0)'],
  [[0, 1, 2], 3, 'expected 2 labels, one per image, found [3]'],
  [[0, 1], undefined, 'expected a number of classes from 1 to 268435456, found none'],
  [[0, 1], 1.5, 'expected a number of classes from 1 to 268435456, found 1.5'],
  [[0, 1], 2 ** 40, 'expected a number of classes from 1 to 268435456, found 1099511627776'],
])('labels %j of %s classes are refused in words', (labels, classes, message) => {
  expect(left(toLabels('l.idx', classes, 2)(array(labels)))).toMatchObject({
    place: { type: 'file', path: 'l.idx' },
    message,
  })
})

test('one label per image, not one row', () => {
  expect(left(toLabels('', 2, 2)(array([0, 1, 1, 0], [2, 2]))).message).toBe(
    'expected 2 labels, one per image, found [2, 2]',
  )
})

test('labels that count from 1 to the number of classes are read so, as in EMNIST', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat()), (classes, numbers) => {
      const labels = [1, classes, ...numbers.map((n) => 1 + (n % classes))]
      const fromZero = array(labels.map((label) => label - 1))
      expect(right(toLabels('', classes, labels.length)(array(labels)))).toEqual(
        right(toLabels('', classes, labels.length)(fromZero)),
      )
    }),
  )
  // 0 among them: then the last is one too many.
  expect(left(toLabels('', 3, 3)(array([0, 1, 3]))).hint).toContain('where labels count from 1, to the largest')
})

test('of eight columns of int32 the first is the class, as in QMNIST', () => {
  const rows = [4, 0, 2433, 2, 31, 6, 0, 0, 1, 1, 99, 3, 31, 7, 1, 0]
  const file = { shape: [2, 8], type: 'i32' as const, values: Float64Array.from(rows) }
  const { values } = right(toLabels('', 10, 2)(file))
  expect([values.indexOf(1), values.lastIndexOf(1) - 10]).toEqual([4, 1])
  expect(left(toLabels('', 10, 2)({ ...file, type: 'f32' })).hint).toBe('Save the column of classes by itself.')
})
