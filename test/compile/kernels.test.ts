import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { conv2d } from '../../src/dsl/layers/conv2d.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import type { Layer } from '../../src/dsl/layers/table.ts'
import { toGraph } from '../../src/dsl/networks/graph.ts'
import { square } from '../../src/dsl/terms/elementwise.ts'
import { kernels } from '../../src/dsl/terms/kernels.ts'
import { sum } from '../../src/dsl/terms/statistics.ts'
import { matmul } from '../../src/dsl/terms/tensor.ts'
import { computed, errorsOf, gameOf } from './playing.ts'

const D = {
  named: 'D',
  net: pipe(input([2, 2, 1]), conv2d({ filters: 2, kernel: 2, padding: 'valid' }), flatten, dense(1)),
} as const

test('each matrix of weights counts, no bias does', () => {
  const { value, state } = computed(
    kernels(D, (w) => sum(square(matmul(w, w, { transposeLeft: true })))),
    { networks: { D: toGraph<Layer>(D.net, 'test') }, over: 'D' },
  )
  const gram = (rows: number, columns: number, values: Float64Array): number => {
    let total = 0
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++) {
        let entry = 0
        for (let row = 0; row < rows; row++)
          entry += (values[row * columns + i] ?? 0) * (values[row * columns + j] ?? 0)
        total += entry ** 2
      }
    return total
  }
  const of = (name: string) => state[name] ?? new Float64Array(0)
  expect(value).toBeCloseTo(gram(4, 2, of('D/1.conv2d/kernel')) + gram(2, 1, of('D/3.dense/kernel')), 10)
})

test.each([
  ['no number', kernels(D, (w) => w), 'one number of each kernel'],
  ['a network that there is not', kernels({ named: 'E' }, (w) => sum(w)), 'a network of this game'],
])('%s is refused', (_, objective, expected) => {
  const errors = errorsOf(
    gameOf({
      networks: { D: toGraph<Layer>(D.net, 'test') },
      players: { p: { goal: 'minimise', objective: objective.term, over: ['D'] } },
    }),
  )
  expect(errors.map((error) => error.expected)).toContain(expected)
})
