import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ofEachClass } from '../../src/data/perClass.ts'
import { left, right } from './files.ts'

/** A dataset whose x is the number of its row. */
const dataset = (classes: number, labels: readonly number[]) => ({
  count: labels.length,
  fields: {
    x: { shape: [1], values: Float32Array.from(labels, (_, row) => row) },
    label: {
      shape: [classes],
      values: Float32Array.from(labels.flatMap((label) => Array.from({ length: classes }, (_, i) => +(i === label)))),
    },
  },
  hash: 'abc',
})

test('each class has its first samples after those left out, in order and with their labels', () => {
  const cases = fc.record({
    labels: fc.array(fc.nat(2), { minLength: 1, maxLength: 40 }),
    count: fc.integer({ min: 1, max: 4 }),
    after: fc.nat(3),
  })
  fc.assert(
    fc.property(cases, ({ labels, count, after }) => {
      const rows = [0, 1, 2].map((label) => labels.flatMap((each, row) => (each === label ? [row] : [])))
      const short = rows.findIndex((all) => all.length < after + count)
      const some = ofEachClass('labels', { count, after })(dataset(3, labels))
      if (short >= 0) {
        expect(left(some)).toMatchObject({
          place: { type: 'file', path: 'labels' },
          message: `expected at least ${after + count} samples of each class, found ${rows[short]?.length} of class ${short} (from 0)`,
        })
        return
      }
      const kept = rows.flatMap((all) => all.slice(after, after + count)).sort((a, b) => a - b)
      const expected = dataset(
        3,
        kept.map((row) => labels[row] ?? Number.NaN),
      )
      const x = { shape: [1], values: Float32Array.from(kept) }
      expect(right(some)).toEqual({ ...expected, fields: { x, label: expected.fields.label } })
    }),
  )
})

test('the first samples are meant where nothing is left out', () => {
  const { fields } = right(ofEachClass('labels', { count: 1 })(dataset(2, [1, 1, 0, 0])))
  expect([...(fields.x?.values ?? [])]).toEqual([0, 2])
})

test('a class that never occurs is named, as where labels count from 1', () => {
  expect(left(ofEachClass('labels', { count: 1 })(dataset(3, [1, 2, 1, 2]))).hint).toBe(
    'No label of the file is class 0: where labels count from 1, set classes to the largest label.',
  )
})
