import { describe, expect, test } from 'vitest'
import type { Differences } from '../../../src/backends/tfjs/differences.ts'
import { fuse } from '../../../src/backends/tfjs/fuse.ts'
import { lower } from '../../../src/backends/tfjs/lower.ts'
import { schedule } from '../../../src/backends/tfjs/schedule.ts'
import { type Builder, createBuilder } from '../../../src/ir/builder.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import type { NodeId, Program } from '../../../src/ir/program.ts'
import { lowerRules, simplify } from '../../../src/ir/simplify.ts'
import { expectAgreement } from '../onnx/agreement.ts'
import { startRows } from './rows.ts'

const all: Differences = { ops: {}, fused: ['linear', 'relu', 'leakyrelu'], batched: false }

/** Kernels of a step, but for those that only give a tensor another shape. */
const kernels = (program: Program, differences: Differences = all): readonly string[] =>
  schedule(fuse(lower(program, differences), differences.fused)).each.flatMap(({ instruction }) =>
    instruction.type === 'call' && !['Reshape', 'Identity'].includes(instruction.kernel) ? [instruction.kernel] : [],
  )

const window = {
  strides: [2, 2],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const

type Make = (p: Builder) => NodeId

const dense: Make = (p) => p.add(p.matmul(p.state('x', [4, 3]), p.state('w', [3, 5])), p.state('b', [5]))
const oneColumn: Make = (p) =>
  p.add(p.matmul(p.state('x', [4, 3]), p.state('w', [3, 1])), p.broadcast(p.reshape(p.state('b', [1]), []), [4, 1]))
const convolution: Make = (p) =>
  p.add(p.state('b', [5]), p.conv2d(p.state('x', [2, 6, 6, 3]), p.state('w', [4, 4, 3, 5]), window))

const leaky =
  (slope: number) =>
  (p: Builder, x: NodeId): NodeId =>
    p.select(p.greater(x, p.number(0)), x, p.mul(p.number(slope), x))

/** What a layer made, and with `slopes` its gradients too. */
const layer = (make: Make, activate: (p: Builder, x: NodeId) => NodeId, slopes: boolean): Program => {
  const p = createBuilder(lowerRules)
  const y = activate(p, make(p))
  const loss = p.sum(p.mul(y, y))
  const inputs = Object.entries(shapes(make)).map(([name, shape]) => p.state(name, shape))
  const metrics = slopes ? Object.fromEntries(gradient(p, loss, inputs).map((by, i) => [`by ${i}`, by])) : {}
  return simplify(p.program({ writes: {}, metrics: { y, ...metrics } }))
}

const shapes = (make: Make) => {
  const p = createBuilder()
  const y = make(p)
  return p.program({ writes: {}, metrics: { y } }).state
}

const rows = await startRows()

const identity = (_: Builder, x: NodeId): NodeId => x
const relu = (p: Builder, x: NodeId): NodeId => p.relu(x)

const layers = [
  ['dense', dense, '_FusedMatMul'],
  ['dense of one column', oneColumn, '_FusedMatMul'],
  ['conv2d', convolution, 'FusedConv2D'],
] as const
const activations = [
  ['no activation', identity],
  ['relu', relu],
  ['leaky relu', leaky(0.2)],
] as const
const cases = layers.flatMap(([name, make, fused]) =>
  activations.map(([then, activate]) => [name, then, make, activate, fused] as const),
)

describe('a layer is one kernel', () => {
  test.each(cases)('%s, %s', (_, __, make, activate, fused) => {
    expect(kernels(layer(make, activate, false))).toEqual([fused])
  })

  test.each(cases)('%s, %s, also where gradients ask for its slope', (_, __, make, activate, fused) => {
    const found = kernels(layer(make, activate, true))
    expect(found).toContain(fused)
    for (const apart of ['Relu', 'LeakyRelu', 'Select', 'Conv2D']) expect(found).not.toContain(apart)
  })

  test.each(cases)('%s, %s, and no other numbers', async (_, __, make, activate) => {
    for (const [, backend] of rows) await expectAgreement(backend, layer(make, activate, true))
  })
})

test.each([-0.5, 0, 2])('a leaky relu of any slope: %d', async (slope) => {
  for (const [, backend] of rows) await expectAgreement(backend, layer(dense, leaky(slope), true))
})

describe('a layer stays apart', () => {
  const kept = (make: (p: Builder, sum: NodeId) => { readonly [name: string]: NodeId }): Program => {
    const p = createBuilder()
    return p.program({ writes: {}, metrics: make(p, dense(p)) })
  }

  test('from an activation where its sum is read elsewhere', () => {
    expect(kernels(kept((p, sum) => ({ y: p.relu(sum), z: p.exp(sum) })))).toEqual(['_FusedMatMul', 'Relu', 'Exp'])
  })

  test('where its product is read elsewhere', () => {
    const p = createBuilder()
    const product = p.matmul(p.state('x', [4, 3]), p.state('w', [3, 5]))
    const metrics = { y: p.relu(p.add(product, p.state('b', [5]))), z: product }
    expect(kernels(p.program({ writes: {}, metrics }))).toEqual(['BatchMatMul', 'Add', 'Relu'])
  })

  test('where what is added is no bias', () => {
    const p = createBuilder()
    const metrics = { y: p.add(p.matmul(p.state('x', [4, 3]), p.state('w', [3, 4])), p.state('m', [4, 4])) }
    expect(kernels(p.program({ writes: {}, metrics }))).toEqual(['BatchMatMul', 'Add'])
    const q = createBuilder()
    const column = q.broadcast(q.state('c', [4, 1]), [4, 4])
    const other = { y: q.add(q.matmul(q.state('x', [4, 3]), q.state('w', [3, 4])), column) }
    expect(kernels(q.program({ writes: {}, metrics: other }))).toEqual(['BatchMatMul', 'Add'])
  })

  test('where what is added was made with more axes than a bias has', async () => {
    const p = createBuilder()
    const product = p.matmul(p.state('x', [1, 3]), p.state('w', [3, 4]))
    const program = p.program({
      writes: {},
      metrics: { y: p.add(product, p.reshape(p.state('m', [1, 2, 2]), [1, 4])) },
    })
    expect(kernels(program)).toEqual(['BatchMatMul', 'Add'])
    for (const [, backend] of rows) await expectAgreement(backend, program)
  })

  test('from a leaky relu that goes down', () => {
    const found = kernels(layer(dense, leaky(-0.5), true))
    expect(found.filter((kernel) => kernel === 'LeakyRelu')).toHaveLength(1)
  })

  test('where the row fuses nothing', () => {
    expect(kernels(layer(dense, relu, false), { ...all, fused: [] })).toEqual(['BatchMatMul', 'Add', 'Relu'])
    expect(kernels(layer(dense, relu, false), { ...all, fused: ['linear'] })).toEqual(['_FusedMatMul', 'Relu'])
  })
})
