import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Degeneracy, inputsOf, type LayerUse } from '../../../src/dsl/layers/layer.ts'
import { type Layer, layerKind } from '../../../src/dsl/layers/table.ts'
import { evaluate } from '../../../src/ir/evaluate.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import { at } from '../../../src/ir/present.ts'
import { type Shape, size } from '../../../src/ir/program.ts'
import { generator } from '../../laws/generator.ts'
import { laid } from './apply.ts'
import { cases } from './cases.ts'

type Use = Omit<LayerUse, 'inputs'> & { readonly inputs: readonly Shape[] }

const degeneracyOf = (layer: Layer, use: Use): Degeneracy | undefined => {
  const { arity, degenerate } = layerKind.definitionOf(layer)
  return degenerate?.(layer, { ...use, inputs: inputsOf(arity, use.inputs) })
}

const mapped = <A, B>(record: { readonly [name: string]: A }, f: (value: A) => B): { readonly [name: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

/** A layer in the interpreter: its result for each of some random inputs, with one state and one set of draws. */
const results = (layer: Layer, { inputs, batch, training }: Use, tries: number): readonly Float64Array[] => {
  const { builder: b, y } = laid(layer, inputs, batch, training)
  const program = b.program({ writes: {}, metrics: { y } })
  const { normal, uniform } = generator(7)
  const numbers = (shape: Shape): Float64Array => Float64Array.from(normal(size(shape)))
  const state = mapped(program.state, (shape) => Float64Array.from(uniform(size(shape)), (u) => u + 0.5))
  const drawn = mapped(program.draws, ({ shape }) => numbers(shape))
  return range(tries).map(() => {
    const read = Object.fromEntries(inputs.map((shape, i) => [`${i}`, numbers([batch, ...shape])]))
    return evaluate(program, { state, draws: { ...drawn, ...read }, step: 0 }).metrics.y ?? new Float64Array()
  })
}

const spread = (all: readonly Float64Array[]): number =>
  Math.max(...all.flatMap((one) => [...one].map((value, i) => Math.abs(value - (all[0]?.[i] ?? 0)))))

describe.each(layerKind.names.filter((name) => !['input', 'parameter', 'dropout'].includes(name)))('%s', (name) => {
  test('leaves nothing of what it reads exactly where its definition says so', () => {
    const uses = fc.tuple(cases[name], fc.integer({ min: 1, max: 3 }), fc.boolean())
    fc.assert(
      fc.property(uses, ([{ layer, inputs }, batch, training]) => {
        // At psi 0 samples are those of the mean on purpose.
        fc.pre(layer.type !== 'truncation' || layer.psi !== 0)
        const use = { inputs, batch, training }
        const isConstant = spread(results(layer, use, 12)) < 1e-12
        expect(isConstant).toBe(degeneracyOf(layer, use)?.leaves === 'nothing')
      }),
      { numRuns: 60 },
    )
  })
})

/** How fast a layer's result moves with each thing that it reads or trains: the largest slope of a random sum of it. */
const slopes = (layer: Layer, { inputs, batch }: Use, scale = 4): { readonly [name: string]: number } => {
  const { builder: b, inputs: nodes, parameters, y } = laid(layer, inputs, batch)
  const { normal, uniform } = generator(3)
  const weights = b.constant([...b.shape(y)], [...normal(size(b.shape(y)))])
  const wrt = { ...Object.fromEntries(nodes.map((node, i) => [`${i}`, node])), ...parameters }
  const found = gradient(b, b.sum(b.mul(y, weights)), Object.values(wrt))
  const metrics = Object.fromEntries(Object.keys(wrt).map((name, i) => [name, at(found, i)]))
  const program = b.program({ writes: {}, metrics })
  const numbers = (shape: Shape): Float64Array => Float64Array.from(uniform(size(shape)), (u) => scale * (u + 0.1))
  const state = mapped(program.state, numbers)
  const draws = mapped(program.draws, ({ shape }) => numbers(shape))
  const made = evaluate(program, { state, draws, step: 0 }).metrics
  return Object.fromEntries(Object.entries(made).map(([name, all]) => [name, Math.max(...all.map(Math.abs))]))
}

const use = (shape: Shape | readonly Shape[], batch = 1): Use => ({
  inputs:
    typeof shape[0] === 'object'
      ? shape.filter((each) => typeof each === 'object')
      : [shape.filter((n) => typeof n === 'number')],
  batch,
  training: true,
})

const batchNorm: Layer = { type: 'batchNorm' }
const instanceNorm: Layer = { type: 'instanceNorm' }
const attention: Layer = { type: 'selfAttention' }
const std: Layer = { type: 'minibatchStd' }
const discrimination: Layer = { type: 'minibatchDiscrimination', features: 2, dimensions: 2 }
const modulated: Layer = { type: 'modulatedConv2d', filters: 2, kernel: 3 }

test.each<readonly [string, Layer, Use, Use]>([
  ['batch norm of a vector at batch 1', batchNorm, use([4], 1), use([4], 3)],
  ['batch norm of one pixel at batch 1', batchNorm, use([1, 1, 4], 1), use([2, 2, 4], 1)],
  ['instance norm of one pixel', instanceNorm, use([1, 1, 4], 8), use([1, 3, 4])],
  ['layer norm of one number', { type: 'layerNorm' }, use([1], 8), use([3])],
  ['group norm of a group of one', { type: 'groupNorm', groups: 3 }, use([3], 8), use([9])],
  ['softmax of one', { type: 'softmax' }, use([1], 8), use([2])],
])('%s passes no gradient, and its neighbour does', (_, layer, wrong, right) => {
  expect(degeneracyOf(layer, wrong)?.leaves).toBe('nothing')
  expect(slopes(layer, wrong)['0']).toBeLessThan(1e-12)
  expect(degeneracyOf(layer, right)).toBeUndefined()
  expect(slopes(layer, right)['0']).toBeGreaterThan(1e-3)
})

test.each<readonly [string, Layer, Use, Use, string]>([
  ['batch norm of a vector at batch 2', batchNorm, use([4], 2), use([4], 3), '0'],
  ['layer norm of two numbers', { type: 'layerNorm' }, use([2]), use([3]), '0'],
  ['instance norm of two pixels', instanceNorm, use([1, 2, 4]), use([1, 3, 4]), '0'],
  ['group norm of groups of two', { type: 'groupNorm', groups: 2 }, use([4]), use([6]), '0'],
  ['pixel norm of one channel', { type: 'pixelNorm' }, use([2, 2, 1]), use([2, 2, 2]), '0'],
  ['attention to one place', attention, use([1, 1, 8]), use([1, 2, 8]), 'f'],
  ['a style of one demodulated channel', modulated, use([[4, 4, 1], [3]]), use([[4, 4, 2], [3]]), '1'],
  ['minibatch discrimination at batch 1', discrimination, use([3], 1), use([3], 2), 'kernel'],
])('of %s hardly any gradient is left, and its neighbour has one', (_, layer, wrong, right, by) => {
  expect(degeneracyOf(layer, wrong)?.leaves).toBe('something')
  // Norms are flat away from 0, exponentials near it.
  const [scale, most] = by === '0' ? [4, 2e-3] : [0.5, 1e-6]
  expect(slopes(layer, wrong, scale)[by]).toBeLessThan(most)
  expect(degeneracyOf(layer, right)).toBeUndefined()
  expect(slopes(layer, right, scale)[by]).toBeGreaterThan(most)
})

test('minibatch statistics are constant exactly where a batch makes groups of one', () => {
  for (const batch of range(12).map((i) => i + 1))
    for (const group of [1, 2, 3, 4]) {
      const layer: Layer = { type: 'minibatchStd', group }
      const added = results(layer, use([3], batch), 3).map((y) => y.filter((_, i) => i % 4 === 3))
      expect([batch, group, spread(added) < 1e-12]).toEqual([
        batch,
        group,
        degeneracyOf(layer, use([3], batch)) !== undefined,
      ])
    }
  expect(degeneracyOf(std, use([3], 7))?.hint).toBe('Make batch a multiple of 4, the size of a group.')
})

test('a demodulated convolution of one channel keeps its style where it does not demodulate', () => {
  expect(
    degeneracyOf({ type: 'modulatedConv2d', filters: 2, kernel: 3, demodulate: false }, use([[4, 4, 1], [3]])),
  ).toBeUndefined()
})
