import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import { size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import {
  type AffineOptions,
  affineOptions,
  degenerateNorm,
  innerAxes,
  normaliseOver,
  scaleAndShift,
  scaled,
} from './normalise.ts'
import { checkHasPixels, rule } from './rule.ts'

export interface InstanceNormLayer extends AffineOptions {
  readonly type: 'instanceNorm'
}

/**
 * Instance norm (Ulyanov, Vedaldi and Lempitsky 2016): normalises each channel (of the last axis) of each sample to mean 0 and variance
 * 1 over the other axes, then applies a trained scale and shift. Needs at least two axes, `[..., c]`. Does not mix samples.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), instanceNorm, relu)
 */
export const instanceNorm: Same = /* @__PURE__ */ append({ type: 'instanceNorm' })

/**
 * `instanceNorm` with options: `affine: false` drops the scale and shift.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), instanceNormWith({ affine: false }), relu)
 */
export const instanceNormWith = (options: AffineOptions): Same => {
  checkOptions<AffineOptions>('instanceNormWith', options, { affine: 'optional' })
  return append({ type: 'instanceNorm', ...options }, 'instanceNormWith')
}

export const instanceNormDefinition: LayerDefinition<InstanceNormLayer, 1> = {
  codec: () => struct({ type: t.literal('instanceNorm') }, affineOptions),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasPixels(x)], x),
  parameters: (layer, [x]) => scaleAndShift(lastSize(x), layer),
  degenerate: (_, { inputs: [x] }) =>
    degenerateNorm(
      size(x.slice(0, -1)),
      'Take it out, use layerNorm, which normalises over the channels too, or put it where the image is larger.',
    ),
  slots: () => ({}),
  lower: (layer, context, [x]) => {
    const { builder: b } = context
    return scaled(context, normaliseOver(b, x, innerAxes(b.shape(x))), layer)
  },
}
