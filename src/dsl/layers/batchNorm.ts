import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { lastSize } from '../../ir/axes.ts'
import { type NodeId, type Shape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import { constantOf } from '../terms/ranges.ts'
import type { LayerContext, LayerDefinition } from './layer.ts'
import { type AffineOptions, affineOptions, degenerateNorm, normalise, scaleAndShift, scaled } from './normalise.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface BatchNormLayer extends AffineOptions {
  readonly type: 'batchNorm'
  /** How much of the running statistics an update keeps; 0.9 where absent. */
  readonly momentum?: number
}

/**
 * Ioffe and Szegedy 2015: each channel (of the last axis) to mean 0 and variance 1, then scaled and shifted by trained
 * numbers. In training over the batch (and height and width), with the variance divided by n; in sampling by the running
 * mean and variance of those. A sample's result depends on its batch.
 *
 * @example pipe(input([16]), dense(64), batchNorm, relu, dense(2))
 */
export const batchNorm: Same = /* @__PURE__ */ append({ type: 'batchNorm' })

/**
 * `batchNorm` whose running statistics keep so much, in [0, 1), at each update, or without its scale and shift.
 *
 * @example pipe(input([16]), dense(64), batchNormWith({ momentum: 0.9 }), relu, dense(2))
 */
export const batchNormWith = (options: Omit<BatchNormLayer, 'type'>): Same => {
  checkOptions<Omit<BatchNormLayer, 'type'>>('batchNormWith', options, { momentum: 'optional', affine: 'optional' })
  return append({ type: 'batchNorm', ...options }, 'batchNormWith')
}

const momentumOf = ({ momentum = 0.9 }: BatchNormLayer): number => momentum

const checkMomentum = (layer: BatchNormLayer): Problem | undefined => {
  const momentum = momentumOf(layer)
  return momentum >= 0 && momentum < 1
    ? undefined
    : { expected: 'momentum of at least 0 and below 1', found: `${momentum}`, hint: '0.9 keeps nine tenths.' }
}

const channels = (x: Shape): number => lastSize(x)

/** The statistics of this batch, per channel; what they make of the running ones is fed to the slots. */
const batchStatistics = (layer: BatchNormLayer, { builder: b, slot, feed }: LayerContext, x: NodeId) => {
  const axes = b
    .shape(x)
    .slice(0, -1)
    .map((_, axis) => axis)
  const mean = b.mean(x, axes)
  const variance = b.mean(b.square(b.sub(x, mean)), axes)
  const momentum = momentumOf(layer)
  const blend = (old: NodeId, now: NodeId) => b.add(b.mul(old, b.number(momentum)), b.mul(now, b.number(1 - momentum)))
  feed('mean', blend(slot('mean'), mean))
  feed('variance', blend(slot('variance'), variance))
  return { mean, variance }
}

export const batchNormDefinition: LayerDefinition<BatchNormLayer, 1> = {
  codec: () => struct({ type: t.literal('batchNorm') }, { momentum: constantOf('decay'), ...affineOptions }),
  arity: 1,
  mixesSamples: 'in training',
  shape: (layer, [x]) => rule([checkMomentum(layer), checkHasAxis(x)], x),
  parameters: (layer, [x]) => scaleAndShift(channels(x), layer),
  degenerate: (_, { inputs: [x], batch, training }) =>
    training
      ? degenerateNorm(batch * size(x.slice(0, -1)), 'Raise batch, or use layerNorm, which works on one sample.')
      : undefined,
  slots: (_, [x]) => ({
    mean: { shape: [channels(x)], initial: 0 },
    variance: { shape: [channels(x)], initial: 1 },
  }),
  lower: (layer, context, [x]) => {
    const { mean, variance } = context.training
      ? batchStatistics(layer, context, x)
      : { mean: context.slot('mean'), variance: context.slot('variance') }
    return scaled(context, normalise(context.builder, x, mean, variance), layer)
  },
}
