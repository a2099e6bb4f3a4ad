import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as init from '../../../src/dsl/initializers/init.ts'
import type { Initializer } from '../../../src/dsl/initializers/initializer.ts'
import { initialise } from '../../../src/dsl/initializers/initializer.ts'
import { generator } from '../../laws/generator.ts'

const shape = [64, 128]
const start = (initializer: Initializer, seed = 1, of: readonly number[] = shape): Float32Array =>
  initialise({ shape: of, init: initializer, fanIn: 64, fanOut: 128 }, generator(seed))

const moments = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return { mean, std: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) }
}
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

describe('initialise', () => {
  it.each<readonly [string, Initializer, { readonly mean: number; readonly std: number; readonly bound?: number }]>([
    ['zeros', init.zeros, { mean: 0, std: 0 }],
    ['constant', init.constant(0.25), { mean: 0.25, std: 0 }],
    ['normal', init.normal(0.02), { mean: 0, std: 0.02 }],
    ['truncatedNormal', init.truncatedNormal(0.02), { mean: 0, std: 0.02 * 0.87962566, bound: 0.04 }],
    ['uniform', init.uniform(-1, 3), { mean: 1, std: 4 / Math.sqrt(12), bound: 3 }],
    ['glorot', init.glorot, { mean: 0, std: Math.sqrt(2 / 192), bound: Math.sqrt(6 / 192) }],
    ['he', init.he, { mean: 0, std: Math.sqrt(2 / 64) }],
    ['orthogonal', init.orthogonal(3), { mean: 0, std: 3 / Math.sqrt(128) }],
  ])('%s has its mean, its standard deviation and its bounds', (_, initializer, { mean, std, bound = Infinity }) => {
    const values = start(initializer)
    const found = moments(values)
    expect(values.length).toBe(64 * 128)
    expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(4 * (std / Math.sqrt(values.length)))
    expect(Math.abs(found.std - std)).toBeLessThanOrEqual(0.04 * std)
    expect(values.every((x) => Math.abs(x) <= bound * (1 + 1e-6))).toBe(true)
  })

  it('makes the shorter side orthonormal, times the gain', () => {
    const side = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(side, side, fc.double({ min: 0.1, max: 4, noNaN: true }), fc.nat(), (rows, columns, gain, seed) => {
        const values = start(init.orthogonal(gain), seed, [rows, columns])
        const at = (row: number, column: number) => (values[row * columns + column] ?? 0) / gain
        const vectors = Array.from({ length: Math.min(rows, columns) }, (_, i) =>
          Array.from({ length: Math.max(rows, columns) }, (_, j) => (rows >= columns ? at(j, i) : at(i, j))),
        )
        for (const [i, a] of vectors.entries())
          for (const [j, b] of vectors.entries()) expect(Math.abs(dot(a, b) - (i === j ? 1 : 0))).toBeLessThan(1e-5)
      }),
    )
  })

  it('takes a filter as a matrix to its last axis', () => {
    const values = start(init.orthogonal(), 1, [3, 3, 2, 4])
    const column = (c: number) => Array.from({ length: 18 }, (_, row) => values[row * 4 + c] ?? 0)
    expect(dot(column(0), column(3))).toBeCloseTo(0, 5)
    expect(dot(column(2), column(2))).toBeCloseTo(1, 5)
  })

  it('depends on its numbers alone', () => {
    for (const initializer of [init.truncatedNormal(1), init.orthogonal(), init.glorot])
      expect(start(initializer, 7)).toEqual(start(initializer, 7))
  })
})
