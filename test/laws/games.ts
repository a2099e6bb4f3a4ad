import fc from 'fast-check'
import type { Member } from '../../src/codecs/tagged.ts'
import type { Initializer } from '../../src/dsl/initializers/initializer.ts'
import type { NetworkGraph } from '../../src/dsl/layers/networkGraph.ts'
import type { Layer } from '../../src/dsl/layers/table.ts'
import type { WeightRule } from '../../src/dsl/layers/weightRules.ts'
import type { PlayerSpec } from '../../src/dsl/objectives/playerSpec.ts'
import type { DynamicsSpec } from '../../src/dynamics/dynamics.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import type { Average } from '../../src/spec/average.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { above0, counts, finite, names, naturals, record, shapes } from './names.ts'
import { sources } from './sources.ts'
import { terms } from './terms.ts'

const type = <T extends string>(name: T) => fc.constant(name)
const plain = <T extends string>(name: T) => fc.record({ type: type(name) })
const decay = fc.double({ min: 0, max: 0.999, noNaN: true }).map((x) => x + 0)

const initializers: fc.Arbitrary<Initializer> = fc.oneof(
  plain('zeros'),
  fc.record({ type: type('constant'), value: finite }),
  fc.record({ type: type('normal'), std: above0 }),
  fc.record({ type: type('truncatedNormal'), std: above0 }),
  fc.record({ type: type('uniform'), low: finite, high: finite }),
  plain('glorot'),
  plain('he'),
  fc.record({ type: type('orthogonal'), gain: finite }),
)

const weightRules: fc.Arbitrary<WeightRule> = fc.oneof(
  plain('spectralNorm'),
  plain('weightNorm'),
  record({ type: type('equalised'), gain: above0, multiplier: above0 }, 'type'),
)
const weights = { bias: fc.boolean(), init: initializers, weights: weightRules }
const windows = {
  filters: counts,
  kernel: counts,
  stride: counts,
  padding: fc.oneof(fc.constantFrom('same' as const, 'valid' as const), naturals),
  ...weights,
}

const method = fc.constantFrom('nearest' as const, 'bilinear' as const)

/** Layers of every kind; they need not fit what they read. */
const layers: { readonly [K in Layer['type']]: fc.Arbitrary<Member<Layer, 'type', K>> } = {
  input: fc.record({ type: type('input'), name: names, shape: shapes }),
  parameter: fc.record({ type: type('parameter'), shape: shapes, init: initializers }),
  dense: record({ type: type('dense'), units: counts, ...weights }, 'type', 'units'),
  conv2d: record({ type: type('conv2d'), ...windows, dilation: counts }, 'type', 'filters', 'kernel'),
  convTranspose2d: record({ type: type('convTranspose2d'), ...windows }, 'type', 'filters', 'kernel'),
  conv1d: record({ type: type('conv1d'), ...windows, dilation: counts }, 'type', 'filters', 'kernel'),
  depthwiseConv2d: record(
    { type: type('depthwiseConv2d'), kernel: counts, stride: counts, multiplier: counts, dilation: counts, ...weights },
    'type',
    'kernel',
  ),
  modulatedConv2d: record(
    { type: type('modulatedConv2d'), ...windows, demodulate: fc.boolean() },
    'type',
    'filters',
    'kernel',
  ),
  film: record({ type: type('film'), ...weights }, 'type'),
  reshape: fc.record({ type: type('reshape'), shape: shapes }),
  batchNorm: record({ type: type('batchNorm'), momentum: decay, affine: fc.boolean() }, 'type'),
  dropout: fc.record({ type: type('dropout'), rate: decay }),
  leakyRelu: fc.record({ type: type('leakyRelu'), slope: finite }),
  activation: fc.record({ type: type('activation'), expression: terms }),
  flatten: plain('flatten'),
  layerNorm: plain('layerNorm'),
  truncation: record({ type: type('truncation'), decay, psi: finite }, 'type'),
  instanceNorm: record({ type: type('instanceNorm'), affine: fc.boolean() }, 'type'),
  groupNorm: fc.record({ type: type('groupNorm'), groups: counts }),
  pixelNorm: plain('pixelNorm'),
  noiseInjection: plain('noiseInjection'),
  gaussianNoise: fc.record({ type: type('gaussianNoise'), std: above0 }),
  identity: plain('identity'),
  relu: plain('relu'),
  tanh: plain('tanh'),
  sigmoid: plain('sigmoid'),
  elu: plain('elu'),
  selu: plain('selu'),
  gelu: plain('gelu'),
  silu: plain('silu'),
  softplus: plain('softplus'),
  softmax: plain('softmax'),
  concat: plain('concat'),
  add: plain('add'),
  multiply: plain('multiply'),
  total: plain('total'),
  prelu: plain('prelu'),
  maxout: fc.record({ type: type('maxout'), pieces: counts }),
  pool: fc.record({ type: type('pool'), by: fc.constantFrom('average', 'max'), size: counts }),
  globalPool: fc.record({ type: type('globalPool'), by: fc.constantFrom('average', 'max', 'sum') }),
  upsample: record({ type: type('upsample'), factor: counts, method }, 'type', 'factor'),
  downsample: record({ type: type('downsample'), factor: counts, method }, 'type', 'factor'),
  pixelShuffle: fc.record({ type: type('pixelShuffle'), factor: counts }),
  selfAttention: record(
    { type: type('selfAttention'), channels: counts, init: weights.init, weights: weights.weights },
    'type',
  ),
  minibatchStd: record({ type: type('minibatchStd'), group: counts }, 'type'),
  minibatchDiscrimination: record(
    {
      type: type('minibatchDiscrimination'),
      features: counts,
      dimensions: counts,
      init: weights.init,
      weights: weights.weights,
    },
    'type',
    'features',
    'dimensions',
  ),
}

const networks: fc.Arbitrary<NetworkGraph> = fc.record({
  nodes: fc.array(
    fc.record({ layer: fc.oneof(...Object.values(layers)), from: fc.array(naturals, { maxLength: 2 }) }),
    { maxLength: 5 },
  ),
  output: fc.oneof(naturals, fc.dictionary(names, naturals, { maxKeys: 2, noNullPrototype: true })),
})

const lr = fc.oneof(above0, terms)
const optimizers: fc.Arbitrary<Optimizer> = fc.letrec<{ readonly optimizer: Optimizer }>((tie) => {
  const of = tie('optimizer')
  return {
    optimizer: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.record({ type: type('sgd'), lr }),
      fc.record({ type: type('momentum'), lr, momentum: finite, nesterov: fc.boolean() }),
      fc.record({ type: type('adagrad'), lr, initial: above0, epsilon: above0 }),
      fc.record({ type: type('rmsprop'), lr, decay, epsilon: above0 }),
      fc.record({
        type: fc.constantFrom('adam', 'amsgrad', 'adaBelief'),
        lr,
        beta1: decay,
        beta2: decay,
        epsilon: above0,
      }),
      fc.record({ type: type('adamW'), lr, beta1: decay, beta2: decay, epsilon: above0, weightDecay: above0 }),
      fc.record({ type: type('lion'), lr, beta1: decay, beta2: decay, weightDecay: above0 }),
      fc.record({ type: type('custom'), update: terms }),
      fc.record({ type: fc.constantFrom('clipValue', 'clipNorm', 'clipWeights'), most: above0, of }),
      fc.record({ type: type('weightDecay'), decay: above0, of }),
      fc.record({ type: type('accumulate'), every: counts, of }),
      fc.record({ type: type('optimistic'), of }),
    ),
  }
}).optimizer

const players: fc.Arbitrary<PlayerSpec> = fc.record({
  goal: fc.constantFrom('minimise', 'maximise'),
  objective: terms,
  over: fc.array(names, { maxLength: 2 }),
})

const dictionary = <A>(values: fc.Arbitrary<A>) => fc.dictionary(names, values, { maxKeys: 3, noNullPrototype: true })

const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0)
const plainDynamics: fc.Arbitrary<DynamicsSpec> = fc.oneof(
  plain('simultaneous'),
  fc.record({ type: type('alternating'), counts: dictionary(counts) }),
  plain('extragradient'),
  plain('pastExtragradient'),
  fc.record({ type: type('consensus'), weight: finite }),
  fc.record({ type: type('symplectic'), weight: finite, align: fc.boolean() }),
  fc.record({ type: type('competitive'), rate: above0, iterations: counts }),
  fc.record({ type: type('unrolled'), player: names, against: names, steps: counts }),
)
const dynamics: fc.Arbitrary<DynamicsSpec> = fc.oneof(
  plainDynamics,
  fc.record({ type: type('lookahead'), of: plainDynamics, period: counts, mix: fraction }),
)

const averages: fc.Arbitrary<Average> = fc.oneof(
  fc.record({ type: type('exponential'), decay }),
  fc.record({ type: type('uniform'), from: naturals }),
)

/** Games whose every part is what its type says; the parts need not fit together. */
export const games: fc.Arbitrary<GameSpec> = record(
  {
    networks: dictionary(networks),
    sources: dictionary(sources),
    players: dictionary(players),
    dynamics,
    optimizers: dictionary(optimizers),
    batch: counts,
    steps: naturals,
    seed: fc.maxSafeNat(),
    averages: dictionary(averages),
    samples: terms,
  },
  ...(['networks', 'sources', 'players', 'dynamics', 'optimizers', 'batch', 'steps', 'seed'] as const),
)
