import { describe, expect, test } from 'vitest'
import { type Builder, createBuilder } from '../../../src/ir/builder.ts'
import type { NodeId } from '../../../src/ir/program.ts'
import { lowerRules } from '../../../src/ir/simplify.ts'
import { succeed } from '../onnx/agreement.ts'
import { startRows } from './rows.ts'

const leaky = (p: Builder, x: NodeId): NodeId => p.select(p.greater(x, p.number(0)), x, p.mul(p.number(0.2), x))

const window = {
  strides: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
} as const

const dense = (p: Builder, x: NodeId): NodeId => p.add(p.matmul(x, p.state('w', [3, 4])), p.state('b', [4]))

const convolution = (p: Builder, x: NodeId): NodeId =>
  p.add(p.conv2d(p.reshape(x, [2, 1, 1, 3]), p.state('filter', [1, 1, 3, 4]), window), p.state('b', [4]))

const layers = { dense, convolution }
const activations: { readonly [name: string]: (p: Builder, x: NodeId) => NodeId } = {
  none: (_, x) => x,
  relu: (p, x) => p.relu(x),
  leaky,
}

const ones = (...shape: readonly number[]) => ({
  shape,
  values: new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(1),
})
/** Its second row has something that is not a number. */
const state = {
  x: { shape: [2, 3], values: Float32Array.of(1, 2, 3, Number.NaN, 1, 2) },
  w: ones(3, 4),
  filter: ones(1, 1, 3, 4),
  b: ones(4),
}

const cases = Object.entries(layers).flatMap(([layer, make]) =>
  Object.entries(activations).map(([then, activate]) => [layer, then, make, activate] as const),
)

describe.each(await startRows())('on %s what is not a number stays so', (_, backend) => {
  test.each(cases)('through a layer: %s, then %s', async (_, __, make, activate) => {
    const p = createBuilder(lowerRules)
    const y = p.reshape(activate(p, make(p, p.state('x', [2, 3]))), [2, 4])
    const store = await succeed(backend.store(state))
    const executable = await succeed(store.compile(p.program({ writes: {}, metrics: { y } })))
    const made = await succeed(executable.run({ first: 0, count: 1, draws: {} }))
    expect([...(made.y ?? [])]).toEqual([7, 7, 7, 7, Number.NaN, Number.NaN, Number.NaN, Number.NaN])
    executable.dispose()
    store.dispose()
  })
})
