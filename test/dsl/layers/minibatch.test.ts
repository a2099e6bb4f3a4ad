import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { lowered } from './apply.ts'

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
    .map((a) => Float64Array.from(a))

/** What a layer makes of a batch, sample by sample. */
const rows = (layer: Layer, x: readonly Float64Array[], state: { readonly [name: string]: Float64Array } = {}) => {
  const width = x[0]?.length ?? 0
  const { shape, run } = lowered(layer, [[width]], x.length)
  const y = run({ ...state, 0: Float64Array.from(x.flatMap((row) => [...row])) }).y ?? new Float64Array()
  const wide = shape[1] ?? 0
  return x.map((_, i) => [...y.subarray(i * wide, (i + 1) * wide)])
}

const batches = fc
  .record({ count: fc.integer({ min: 1, max: 8 }), width: fc.integer({ min: 1, max: 4 }) })
  .chain(({ count, width }) => fc.array(numbers(width), { minLength: count, maxLength: count }))

test('minibatchStd adds the mean deviation of the group, of the largest size that divides the batch', () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: 1, max: 5 }), (x, group) => {
      const found = rows({ type: 'minibatchStd', group }, x)
      const sizes = x.map((_, i) => i + 1).filter((n) => n <= group && x.length % n === 0)
      const groups = x.length / Math.max(...sizes)
      for (const [i, row] of x.entries()) {
        const members = x.filter((_, j) => j % groups === i % groups)
        const deviations = [...row].map((_, k) => {
          const column = members.map((member) => member[k] ?? 0)
          const mean = column.reduce((sum, value) => sum + value, 0) / column.length
          return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length + 1e-8)
        })
        const expected = deviations.reduce((sum, value) => sum + value, 0) / deviations.length
        expect(found[i]?.slice(0, -1)).toEqual([...row])
        expect(Math.abs((found[i]?.at(-1) ?? Number.NaN) - expected)).toBeLessThan(1e-12)
      }
    }),
  )
})

test('a collapsed batch has the least deviation that there is', () => {
  const same = Array.from({ length: 4 }, () => Float64Array.of(1, 2))
  for (const row of rows({ type: 'minibatchStd' }, same)) expect(row.at(-1)).toBeCloseTo(1e-4, 12)
})

test('minibatchDiscrimination counts the samples that are near, itself at least, in whatever order they come', () => {
  const layer: Layer = { type: 'minibatchDiscrimination', features: 2, dimensions: 3 }
  fc.assert(
    fc.property(
      batches.chain((x) => fc.record({ x: fc.constant(x), kernel: numbers((x[0]?.length ?? 0) * 6) })),
      ({ x, kernel }) => {
        const found = rows(layer, x, { kernel })
        for (const row of found)
          for (const near of row.slice(-2)) {
            expect(near).toBeGreaterThanOrEqual(1)
            expect(near).toBeLessThanOrEqual(x.length + 1e-9)
          }
        const turned = rows(layer, [...x].reverse(), { kernel }).reverse()
        for (const [i, row] of found.entries())
          for (const [j, value] of row.entries()) expect(turned[i]?.[j]).toBeCloseTo(value, 10)
        const same = rows(
          layer,
          x.map(() => x[0] ?? new Float64Array()),
          { kernel },
        )
        for (const row of same) expect(row.slice(-2)).toEqual([x.length, x.length])
      },
    ),
  )
})
