import fc from 'fast-check'
import type { Member } from '../../../src/codecs/tagged.ts'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import type { Dilation, Windows } from '../../../src/dsl/layers/window.ts'
import { type Shape, size } from '../../../src/ir/program.ts'

/** A layer that fits its inputs. */
export interface Case<L> {
  readonly layer: L
  readonly inputs: readonly Shape[]
}

const count = fc.integer({ min: 1, max: 5 })
const shapes = fc.array(count, { maxLength: 3 })
const shapesWithAxis = fc.array(count, { minLength: 1, maxLength: 3 })
const shapesWithPixels = fc.array(count, { minLength: 2, maxLength: 3 })
const weightRules = fc.constantFrom(
  { type: 'spectralNorm' } as const,
  { type: 'weightNorm' } as const,
  { type: 'equalised', gain: 1, multiplier: 0.5 } as const,
)
const images = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), count)
const options = { init: fc.constant({ type: 'he' } as const), bias: fc.boolean(), weights: weightRules }

const record = <T, K extends keyof T>(
  model: { readonly [P in keyof T]: fc.Arbitrary<T[P]> },
  ...requiredKeys: readonly K[]
) => fc.record(model, { noNullPrototype: true, requiredKeys: [...requiredKeys] })

const dilation = fc.integer({ min: 1, max: 3 })
const windows = {
  filters: count,
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
  padding: fc.oneof(fc.constantFrom('same' as const, 'valid' as const), fc.integer({ min: 0, max: 2 })),
  ...options,
}

const { filters: _, ...depthwise } = { ...windows, dilation }

const one = <L>(layers: fc.Arbitrary<L>, inputs: fc.Arbitrary<Shape> = shapes): fc.Arbitrary<Case<L>> =>
  fc.tuple(layers, inputs).map(([layer, input]) => ({ layer, inputs: [input] }))
const none = <L>(layers: fc.Arbitrary<L>): fc.Arbitrary<Case<L>> => layers.map((layer) => ({ layer, inputs: [] }))
const plain = <T extends string>(type: T) => fc.constant({ type })
const type = <T extends string>(name: T) => fc.constant(name)

/** Factors of a number, one after the other. */
const factored = (n: number): Shape => (n % 2 === 0 && n > 2 ? [2, ...factored(n / 2)] : [n])

const covers = (layer: Windows & Dilation, axes: Shape): boolean => {
  const { kernel, padding = 'same', dilation: apart = 1 } = layer
  const around = typeof padding === 'number' ? 2 * padding : 0
  return padding === 'same' || axes.every((n) => n + around > (kernel - 1) * apart)
}

const factors = fc.integer({ min: 1, max: 4 })
const resampling = { method: fc.constantFrom('nearest' as const, 'bilinear' as const) }

/** Layers of images that have a block at least. */
const blocks = <L>(layers: fc.Arbitrary<L>, side: (layer: L) => number) =>
  one(layers, images).filter(({ layer, inputs: [[h = 0, w = 0] = []] }) => Math.min(h, w) >= side(layer))

/** Cases of every kind of layer, as small as they come. */
export const cases: { readonly [K in Layer['type']]: fc.Arbitrary<Case<Member<Layer, 'type', K>>> } = {
  input: none(fc.record({ type: type('input'), name: fc.constant('x'), shape: shapes })),
  parameter: none(fc.record({ type: type('parameter'), shape: shapes, init: fc.constant({ type: 'zeros' } as const) })),
  dense: one(record({ type: type('dense'), units: count, ...options }, 'type', 'units'), shapesWithAxis),
  conv2d: one(record({ type: type('conv2d'), ...windows, dilation }, 'type', 'filters', 'kernel'), images).filter(
    ({ layer, inputs: [[h = 0, w = 0] = []] }) => covers(layer, [h, w]),
  ),
  conv1d: one(
    record({ type: type('conv1d'), ...windows, dilation }, 'type', 'filters', 'kernel'),
    fc.tuple(fc.integer({ min: 1, max: 9 }), count),
  ).filter(({ layer, inputs: [[length = 0] = []] }) => covers(layer, [length])),
  depthwiseConv2d: one(
    record({ type: type('depthwiseConv2d'), ...depthwise, multiplier: factors }, 'type', 'kernel'),
    images,
  ).filter(({ layer, inputs: [[h = 0, w = 0] = []] }) => covers(layer, [h, w])),
  modulatedConv2d: fc
    .tuple(
      record({ type: type('modulatedConv2d'), ...windows, demodulate: fc.boolean() }, 'type', 'filters', 'kernel'),
      images,
      count,
    )
    .filter(([layer, [h, w]]) => covers(layer, [h, w]))
    // Demodulation undoes weightNorm's lengths, whose gradients would be rounding errors.
    .filter(([layer]) => layer.weights?.type !== 'weightNorm' || layer.demodulate === false)
    .map(([layer, image, n]) => ({ layer, inputs: [image, [n]] })),
  film: fc
    .tuple(record({ type: type('film'), ...options }, 'type'), shapesWithAxis, count)
    .map(([layer, x, n]) => ({ layer, inputs: [x, [n]] })),
  convTranspose2d: one(
    record({ type: type('convTranspose2d'), ...windows }, 'type', 'filters', 'kernel'),
    images,
  ).filter(({ layer: { kernel, padding } }) => typeof padding !== 'number' || 2 * padding < kernel),
  reshape: shapes.map((input) => ({ layer: { type: 'reshape', shape: factored(size(input)) }, inputs: [input] })),
  flatten: one(plain('flatten')),
  batchNorm: one(
    record({ type: type('batchNorm'), momentum: fc.constantFrom(0, 0.5, 0.99), affine: fc.boolean() }, 'type'),
    shapesWithAxis,
  ),
  layerNorm: one(plain('layerNorm'), shapesWithAxis),
  truncation: one(
    record({ type: type('truncation'), decay: fc.constantFrom(0, 0.5, 0.99), psi: fc.constantFrom(0, 0.7, 1) }, 'type'),
    shapesWithAxis,
  ),
  instanceNorm: one(record({ type: type('instanceNorm'), affine: fc.boolean() }, 'type'), shapesWithPixels),
  groupNorm: fc.tuple(shapes, fc.integer({ min: 1, max: 3 }), count).map(([lead, groups, each]) => ({
    layer: { type: 'groupNorm', groups },
    inputs: [[...lead, groups * each]],
  })),
  pixelNorm: one(plain('pixelNorm'), shapesWithAxis),
  noiseInjection: one(plain('noiseInjection'), shapesWithAxis),
  gaussianNoise: one(fc.record({ type: type('gaussianNoise'), std: fc.constantFrom(0, 0.5, 2) })),
  dropout: one(fc.record({ type: type('dropout'), rate: fc.constantFrom(0, 0.3, 0.9) })),
  identity: one(plain('identity')),
  relu: one(plain('relu')),
  tanh: one(plain('tanh')),
  sigmoid: one(plain('sigmoid')),
  elu: one(plain('elu')),
  selu: one(plain('selu')),
  gelu: one(plain('gelu')),
  silu: one(plain('silu')),
  softplus: one(plain('softplus')),
  leakyRelu: one(fc.record({ type: type('leakyRelu'), slope: fc.constantFrom(0, 0.2, -1) })),
  activation: one(
    fc.constant({ type: 'activation', expression: { op: 'sin', of: { op: 'variable', name: 't' } } } as const),
  ),
  softmax: one(plain('softmax'), shapesWithAxis),
  concat: fc.tuple(shapes, count, count).map(([lead, a, b]) => ({
    layer: { type: 'concat' },
    inputs: [
      [...lead, a],
      [...lead, b],
    ],
  })),
  add: shapes.map((shape) => ({ layer: { type: 'add' }, inputs: [shape, shape] })),
  multiply: shapes.map((shape) => ({ layer: { type: 'multiply' }, inputs: [shape, shape] })),
  total: one(plain('total'), shapesWithAxis),
  prelu: one(plain('prelu'), shapesWithAxis),
  maxout: fc.tuple(shapes, count, count).map(([lead, n, pieces]) => ({
    layer: { type: 'maxout', pieces },
    inputs: [[...lead, n * pieces]],
  })),
  pool: blocks(
    fc.record({ type: type('pool'), by: fc.constantFrom('average' as const, 'max' as const), size: factors }),
    ({ size }) => size,
  ),
  globalPool: one(
    fc.record({ type: type('globalPool'), by: fc.constantFrom('average' as const, 'max' as const, 'sum' as const) }),
    images,
  ),
  upsample: one(record({ type: type('upsample'), factor: factors, ...resampling }, 'type', 'factor'), images),
  downsample: blocks(
    record({ type: type('downsample'), factor: factors, ...resampling }, 'type', 'factor'),
    ({ factor }) => factor,
  ),
  pixelShuffle: fc.tuple(images, factors).map(([[h, w, c], factor]) => ({
    layer: { type: 'pixelShuffle', factor },
    inputs: [[h, w, c * factor ** 2]],
  })),
  selfAttention: one(
    record({ type: type('selfAttention'), channels: count, init: options.init }, 'type'),
    fc.array(count, { minLength: 2, maxLength: 3 }),
  ),
  minibatchStd: one(record({ type: type('minibatchStd'), group: count }, 'type'), shapesWithAxis),
  minibatchDiscrimination: one(
    record(
      { type: type('minibatchDiscrimination'), features: count, dimensions: count, init: options.init },
      'type',
      'features',
      'dimensions',
    ),
    count.map((n) => [n]),
  ),
}
