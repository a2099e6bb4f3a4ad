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
  /** The decay of the running statistics; 0.9 by default. */
  readonly momentum?: number
}

/**
 * Batch norm (Ioffe and Szegedy 2015): normalises each channel (of the last axis) to mean 0 and variance 1, then applies a trained
 * scale and shift. Training uses the mean and the biased variance over the batch (and height and width); sampling uses running
 * averages of them. A sample's result depends on its batch.
 *
 * @example pipe(input([16]), dense(64), batchNorm, relu, dense(2))
 */
export const batchNorm: Same = /* @__PURE__ */ append({ type: 'batchNorm' })

/**
 * `batchNorm` with another decay of the running statistics, in [0, 1), or without scale and shift.
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
    : {
        expected: 'momentum of at least 0 and below 1',
        found: `${momentum}`,
        hint: 'A momentum of 0.9 keeps nine tenths at each update.',
      }
}

const channels = (x: Shape): number => lastSize(x)

/** The statistics of this batch, per channel. Also updates the slots of the running statistics. */
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
