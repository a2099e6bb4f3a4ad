import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunk } from '../../../src/backends/onnx/chunk.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program, Shape } from '../../../src/ir/program.ts'
import { backend, expectAgreement } from './agreement.ts'

const onnx = await backend()

const program = (shape: Shape, width: number): Program => {
  const p = createBuilder()
  const x = p.state('x', shape)
  const whole = (name: string) => p.broadcast(p.state(name, [width]), shape)
  const metrics = {
    sum: p.add(x, whole('a')),
    difference: p.sub(whole('a'), x),
    both: p.mul(whole('a'), p.broadcast(p.number(2), shape)),
    total: p.sum(
      x,
      shape.slice(0, -1).map((_, axis) => axis),
    ),
  }
  return p.program({ writes: {}, metrics })
}

/** Around the sizes at which several rows begin to be taken as one. */
const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 100, max: 260 }),
    width: fc.constantFrom(12, 16, 64),
    channels: fc.integer({ min: 1, max: 17 }),
  })
  .map(({ batch, height, width, channels }): Shape => [batch, height, width, channels])

test('vectors over few channels, and sums to them, agree with the reference', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, (shape) => expectAgreement(onnx, program(shape, shape.at(-1) ?? 1), { rest: 5e-5 })),
    { numRuns: 12 },
  )
})

test('large tensors of few channels are taken as wide ones', () => {
  const [loop] = chunk(program([4, 64, 64, 3], 3), 'cpu').graph.nodes
  const body = loop?.attributes.body
  const nodes = body?.type === 'graph' ? body.value.nodes : []
  const repeated = nodes.filter(({ op }) => op === 'Expand')
  expect(repeated.length).toBeGreaterThan(0)
  expect(nodes.some(({ op, inputs }) => op === 'Add' && inputs.some((name) => name.startsWith('state')))).toBe(false)
})
