import { describe, expect, test } from 'vitest'
import { chunk } from '../../../src/backends/onnx/chunk.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import type { Program } from '../../../src/ir/program.ts'
import { lowerRules, simplify, withoutDeadCode } from '../../../src/ir/simplify.ts'
import { backend, expectAgreement } from './agreement.ts'

const onnx = await backend()

/** The operators of a step, in order. */
const operators = (program: Program): readonly string[] => {
  const body = chunk(program, 'cpu').graph.nodes[0]?.attributes.body
  if (body?.type !== 'graph') throw new Error('a chunk is a loop')
  return body.value.nodes.map((node) => node.op)
}

const count = (program: Program, op: string): number => operators(program).filter((other) => other === op).length

const window = {
  strides: [2, 2],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const

/** Ends of a small convolutional critic that is pushed up, and its loss. */
const critic = (): Program => {
  const p = createBuilder()
  const x = p.draw('x', { shape: [4, 8, 8, 4], origin: { type: 'given' } })
  const filter = p.state('filter', [4, 4, 4, 8])
  const bias = p.state('bias', [8])
  const last = p.state('last', [128, 1])
  const hidden = p.relu(p.add(p.conv2d(x, filter, window), bias))
  const loss = p.mean(p.softplus(p.matmul(p.reshape(hidden, [4, 128]), last)))
  const [byFilter = loss, byBias = loss, byLast = loss] = gradient(p, loss, [filter, bias, last])
  const program = p.program({
    writes: { filter: p.sub(filter, byFilter), bias: p.sub(bias, byBias), last: p.sub(last, byLast) },
    metrics: { loss },
  })
  return withoutDeadCode(program)
}

const image = { x: Float32Array.from({ length: 4 * 8 * 8 * 4 }, (_, i) => Math.cos(i)) }

test('a step with gradients agrees with the reference', () => expectAgreement(onnx, critic(), { draws: image }))

test('a convolution and the gradient by its filter share the columns', () => {
  // One gather takes the draw's row, one builds the columns.
  expect(count(critic(), 'Gather')).toBe(2)
})

describe('what is not written out', () => {
  test('a broadcast that elementwise operators read', () => {
    const p = createBuilder()
    const y = p.mul(p.state('x', [3, 4]), p.add(p.state('row', [4]), p.number(1)))
    expect(count(p.program({ writes: { x: y }, metrics: {} }), 'Expand')).toBe(0)
  })

  test('a copy of what the step yields', () => {
    const p = createBuilder()
    const y = p.exp(p.state('x', [3]))
    expect(operators(p.program({ writes: { x: y }, metrics: { z: p.neg(y) } }))).toEqual(['Exp', 'Neg', 'Identity'])
  })
})

test('NaN goes through a dense layer', async () => {
  const p = createBuilder()
  const y = p.relu(p.add(p.matmul(p.state('x', [2, 3]), p.state('w', [3, 40])), p.state('b', [40])))
  const state = {
    x: { shape: [2, 3], values: Float32Array.of(1, 2, 3, Number.NaN, 1, 2) },
    w: { shape: [3, 40], values: new Float32Array(120).fill(1) },
    b: { shape: [40], values: new Float32Array(40) },
  }
  await expectAgreement(onnx, p.program({ writes: {}, metrics: { y } }), { state })
})

test('long sums over leading axes', async () => {
  const p = createBuilder()
  const x = p.state('x', [5, 20, 4, 8])
  const metrics = { columns: p.sum(x, [0, 1]), rows: p.sum(x, [2, 3]), channels: p.sum(x, [0, 1, 2]), all: p.sum(x) }
  await expectAgreement(onnx, p.program({ writes: {}, metrics }))
})

describe('a leaky relu', () => {
  const leaky = (slope: number): Program => {
    const p = createBuilder(lowerRules)
    const x = p.state('x', [12])
    const y = p.select(p.greater(x, p.number(0)), x, p.mul(p.number(slope), x))
    const loss = p.sum(p.mul(y, p.state('w', [12])))
    const [byX = loss] = gradient(p, loss, [x])
    return simplify(p.program({ writes: { x: byX }, metrics: { y } }))
  }
  const x = Float32Array.of(0, -0, 1e-38, -1e-38, 1e-3, -1e-3, 3, -3, 1e38, -1e38, Infinity, -Infinity)
  const state = { x: { shape: [12], values: x }, w: { shape: [12], values: x.map((_, i) => i + 1) } }

  test.each([0.01, 0.2, 0.9])('with slope %d, and its derivative, are made without Where', async (slope) => {
    expect(count(leaky(slope), 'Where')).toBe(0)
    await expectAgreement(onnx, leaky(slope), { state })
  })

  test.each([-0.5, 2])('with slope %d, outside of [0, 1], is a choice like any other', async (slope) => {
    expect(count(leaky(slope), 'Where')).toBeGreaterThan(0)
    await expectAgreement(onnx, leaky(slope), { state })
  })
})
