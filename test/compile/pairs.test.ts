import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { add, div, exp, maximum, mul, neg, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, max, norm, pair, sum } from '../../src/dsl/terms/statistics.ts'
import { matmul } from '../../src/dsl/terms/tensor.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { computed } from './playing.ts'

const data = source('data', normal([3]))
const other = source('other', normal([3]))
const [x, y] = [sample(data), sample(other)]
const unit = network('unit', parameter([], init.constant(1)))
const batch = 5

const value = (objective: Expr<'batch', []>, seed = 1) => {
  const { game, state, draws, value } = computed(mul(unit(), objective), {
    networks: { unit: unit.net, F: F.net },
    sources: { data: data.source, other: other.source },
    over: 'unit',
    batch,
    seed,
  })
  const rows = (name: string, width = 3): readonly (readonly number[])[] =>
    Array.from({ length: batch }, (_, i) => [...(draws[`p/0/${name}`] ?? []).slice(width * i, width * (i + 1))])
  const scale = state['unit/0.parameter/value']?.[0] ?? Number.NaN
  return { game, rows, state, value: value / scale }
}
const F = network('F', pipe(input([3]), dense(2)))

type Row = readonly number[]
const distance = (a: Row, b: Row): number => Math.hypot(...a.map((v, i) => v - (b[i] ?? Number.NaN)))
const overPairs = (a: readonly Row[], b: readonly Row[], f: (a: Row, b: Row) => number): number =>
  a.reduce((total, one) => total + b.reduce((sum, two) => sum + f(one, two), 0), 0) / (a.length * b.length)

test('the mean distance of pairs is the double loop’s', () => {
  const { rows, value: found } = value(E(E(norm(sub(x, pair(x))))))
  expect(found).toBeCloseTo(overPairs(rows('data.x'), rows('data.x'), distance), 10)
})

test('the maximum mean discrepancy with a Gaussian kernel is the double loop’s (Gretton et al. 2012, equation 5)', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), (width) => {
      const kernel = (a: Expr<'sample', [3]>, b: Expr<'sample', [3]>) =>
        E(E(exp(neg(div(sum(square(sub(a, pair(b)))), 2 * width * width)))))
      const { rows, value: found } = value(sub(add(kernel(x, x), kernel(y, y)), mul(2, kernel(x, y))))
      const [a, b] = [rows('data.x'), rows('other.x')]
      const k = (p: Row, q: Row): number => Math.exp(-(distance(p, q) ** 2) / (2 * width * width))
      const expected = overPairs(a, a, k) + overPairs(b, b, k) - 2 * overPairs(a, b, k)
      expect(Math.abs(found - expected)).toBeLessThan(1e-12)
    }),
    { numRuns: 20 },
  )
})

test('the inner E is over the other of a pair, the outer over the one', () => {
  // E over the other of x - x' is x less the mean; its square’s mean is the variance.
  const { rows, value: found } = value(E(sum(square(sub(x, centre(x))))))
  const mean = [0, 1, 2].map((j) => rows('data.x').reduce((total, row) => total + (row[j] ?? 0), 0) / batch)
  const expected = rows('data.x').reduce((total, row) => total + distance(row, mean) ** 2, 0) / batch
  expect(found).toBeCloseTo(expected, 10)
})

/** The mean of the other samples' values, element by element: a matrix product with E of each. */
const centre = (of: Expr<'sample', [3]>): Expr<'sample', [3]> => {
  const element = (i: number): Expr<'sample', []> => {
    const one: Expr<'batch', [3]> = {
      term: { op: 'tensor', shape: [3], values: [0, 1, 2].map((j) => (i === j ? 1 : 0)) },
    }
    return mul(1, E(sum(mul(one, pair(of)))))
  }
  return {
    term: { op: 'concat', axis: 0, parts: [0, 1, 2].map((i) => ({ op: 'reshape', of: element(i).term, shape: [1] })) },
  }
}

test('a network is applied to pairs as to samples', () => {
  const { rows, state, value: found } = value(E(E(sum(square(F(sub(x, pair(y))))))))
  const [kernel, bias] = [state['F/1.dense/kernel'] ?? [], state['F/1.dense/bias'] ?? []]
  const apply = (of: Row): Row =>
    [0, 1].map((c) => of.reduce((total, v, j) => total + v * (kernel[2 * j + c] ?? 0), bias[c] ?? 0))
  const expected = overPairs(rows('data.x'), rows('other.x'), (a, b) =>
    apply(a.map((v, i) => v - (b[i] ?? 0))).reduce((total, v) => total + v * v, 0),
  )
  expect(found).toBeCloseTo(expected, 10)
})

test('constants, samples and pairs stand beside one another, in elementwise and other ops', () => {
  const table: Expr<'batch', [3, 3]> = { term: { op: 'tensor', shape: [3, 3], values: [1, 2, 3, 4, 5, 6, 7, 8, 10] } }
  const column = (of: Expr<'sample', [3]>): Expr<'sample', [3, 1]> => ({
    term: { op: 'reshape', of: of.term, shape: [3, 1] },
  })
  const { rows, value: found } = value(
    E(E(max(mul(noise('uniform', [], 'u'), maximum(sum(matmul(table, pair(column(y))), [1]), x))))),
  )
  const matrix = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 10],
  ]
  const u = rows('noise/u', 1).map(([v = 0]) => v)
  const a = rows('data.x')
  const expected =
    a.reduce((total, one, i) => {
      const inner = rows('other.x').map((two) => {
        const product = matrix.map((row) => row.reduce((sum, m, j) => sum + m * (two[j] ?? 0), 0))
        return Math.max(...product.map((v, j) => (u[i] ?? 0) * Math.max(v, one[j] ?? 0)))
      })
      return total + inner.reduce((s, v) => s + v, 0) / batch
    }, 0) / batch
  expect(found).toBeCloseTo(expected, 10)
})
