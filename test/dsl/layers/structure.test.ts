import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import type { Builder } from '../../../src/ir/builder.ts'
import { evaluate } from '../../../src/ir/evaluate.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import type { NodeId, Shape } from '../../../src/ir/program.ts'
import { distance, fixture, numbers, type Tensors } from '../../fixtures/pytorch.ts'
import { laid } from './apply.ts'

/** What scripts/pytorch/structure.py found. Inputs are called `0` and `1`. */
interface Found {
  readonly tensors: Tensors
  readonly shape: Shape
  readonly y: readonly number[]
  readonly gradients: { readonly [name: string]: readonly number[] }
  readonly second: { readonly [name: string]: readonly number[] }
}
const { layers: found } = fixture<{ readonly layers: { readonly [name: string]: Found } }>('structure')

const layers: { readonly [name: string]: Layer } = {
  maxout: { type: 'maxout', pieces: 3 },
  prelu: { type: 'prelu' },
  multiply: { type: 'multiply' },
  total: { type: 'total' },
  selfAttention: { type: 'selfAttention', channels: 2 },
  'upsample nearest': { type: 'upsample', factor: 3 },
  'upsample bilinear': { type: 'upsample', factor: 3, method: 'bilinear' },
  'upsample bilinear by 2': { type: 'upsample', factor: 2, method: 'bilinear' },
  'downsample nearest': { type: 'downsample', factor: 2 },
  'downsample bilinear': { type: 'downsample', factor: 2, method: 'bilinear' },
  'downsample bilinear by 3': { type: 'downsample', factor: 3, method: 'bilinear' },
  'downsample bilinear by 4': { type: 'downsample', factor: 4, method: 'bilinear' },
  'pool average': { type: 'pool', by: 'average', size: 2 },
  'pool max': { type: 'pool', by: 'max', size: 2 },
  'globalPool average': { type: 'globalPool', by: 'average' },
  'globalPool max': { type: 'globalPool', by: 'max' },
  'globalPool sum': { type: 'globalPool', by: 'sum' },
  pixelShuffle: { type: 'pixelShuffle', factor: 2 },
  minibatchStd: { type: 'minibatchStd' },
  'minibatchStd of vectors': { type: 'minibatchStd', group: 3 },
  minibatchDiscrimination: { type: 'minibatchDiscrimination', features: 3, dimensions: 2 },
}

const signed = (shape: Shape, seed: number): Float64Array => numbers(shape, seed).map((u) => 2 * u - 1)

const squares = (b: Builder, nodes: readonly NodeId[]): NodeId =>
  nodes.map((node) => b.sum(b.square(node))).reduce((sum, next) => b.add(sum, next))

/** As the script: the gradient of sum(w y^2), and the gradient of its squared length by the inputs. */
const computed = (layer: Layer, { tensors, shape }: Found) => {
  const isInput = (name: string) => /^\d$/.test(name)
  const batched = Object.entries(tensors).filter(([name]) => isInput(name))
  const batch = batched[0]?.[1].shape[0] ?? 1
  const {
    builder: b,
    inputs,
    parameters,
    y,
  } = laid(
    layer,
    batched.map(([, { shape }]) => shape.slice(1)),
    batch,
  )
  const names = Object.keys(tensors)
  const nodes = names.flatMap((name) => (isInput(name) ? inputs[Number(name)] : parameters[name]) ?? [])
  const cost = b.sum(b.mul(b.constant(shape, [...signed(shape, 30)]), b.square(y)))
  const first = gradient(b, cost, nodes)
  const second = gradient(b, squares(b, first.slice(0, inputs.length)), nodes)
  const metrics = Object.fromEntries([
    ['y', y],
    ...names.flatMap((name, i) => [
      [`first ${name}`, first[i]],
      [`second ${name}`, second[i]],
    ]),
  ])
  const values = Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, seed }]) => [name, signed(shape, seed)]),
  )
  return {
    parameters: Object.keys(parameters),
    values: evaluate(b.program({ writes: {}, metrics }), { state: values, draws: values, step: 0 }).metrics,
  }
}

describe('results, gradients and the gradients of a penalty are PyTorch’s', () => {
  test('there is a layer for every result', () => expect(Object.keys(layers)).toEqual(Object.keys(found)))

  test.each(Object.entries(layers))('%s', (name, layer) => {
    const one = found[name]
    if (one === undefined) throw new Error(`no results for ${name}`)
    const { parameters, values } = computed(layer, one)
    expect(parameters).toEqual(Object.keys(one.tensors).filter((tensor) => !/^\d$/.test(tensor)))
    const expected = [
      ['y', one.y],
      ...Object.entries(one.gradients).map(([tensor, slope]) => [`first ${tensor}`, slope] as const),
      ...Object.entries(one.second).map(([tensor, slope]) => [`second ${tensor}`, slope] as const),
    ] as const
    for (const [part, numbers] of expected) expect(distance(values[part] ?? [], numbers), part).toBeLessThan(1e-10)
  })
})
