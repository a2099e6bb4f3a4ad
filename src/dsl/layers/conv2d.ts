import * as t from '#io-ts'
import { at } from '../../ir/ops/op.ts'
import type { Shape } from '../../ir/program.ts'
import { struct } from '../codecs/struct.ts'
import type { Problem } from '../errors.ts'
import { append } from '../graph.ts'
import type { ImageNet, Net } from '../net.ts'
import type { Conv, Padding, Shapes } from '../shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { addBias, kernelOf, weightSlots, weights } from './weights.ts'
import {
  axisOf,
  checkWindow,
  type WindowLayer,
  type WindowLayerOptions,
  windowFields,
  windowOf,
  windowOptions,
  windows,
} from './window.ts'

export interface Conv2dLayer extends WindowLayer {
  readonly type: 'conv2d'
}

/**
 * Filters that slide over an image (a cross-correlation), `[h, w, c] -> [h', w', filters]`. With padding 'same' h' is
 * h / stride rounded up, with 'valid' only whole windows count. Glorot filters `[kernel, kernel, c, filters]`, zero biases.
 */
export const conv2d =
  <F extends number, K extends number, S extends number = 1, P extends Padding = 'same'>(
    options: WindowLayerOptions<F, K, S, P>,
  ) =>
  <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'conv2d'>): Net<I, Conv<X, F, K, S, P>> =>
    append({ type: 'conv2d', ...options })(net)

const outputShape = (layer: Conv2dLayer, [h = 0, w = 0]: Shape): Shape => {
  const axis = axisOf(layer)
  return [windows(axis, h), windows(axis, w), layer.filters]
}

const checkCovers = (layer: Conv2dLayer, x: Shape): Problem | undefined => {
  const [h = 0, w = 0] = outputShape(layer, x)
  return h > 0 && w > 0
    ? undefined
    : {
        expected: `an image with room for a window of ${layer.kernel} x ${layer.kernel} pixels`,
        found: `${x[0]} x ${x[1]} pixels`,
        hint: "Make the kernel smaller or the padding wider, 'same' for instance.",
      }
}

const kernel = ({ kernel: size, filters }: Conv2dLayer, x: Shape): Kernel => {
  const channels = at(x, 2)
  const area = size * size
  return { shape: [size, size, channels, filters], fanIn: area * channels, fanOut: area * filters }
}

export const conv2dDefinition: LayerDefinition<Conv2dLayer> = {
  codec: struct({ type: t.literal('conv2d'), ...windowFields }, windowOptions),
  arity: 1,
  mixesSamples: false,
  shape: (layer, [x = []]) =>
    rule([checkWindow(layer) ?? checkImage(x) ?? checkCovers(layer, x)], outputShape(layer, x)),
  parameters: (layer, [x = []]) => weights(layer, kernel(layer, x), layer.filters),
  slots: (layer, [x = []]) => weightSlots(layer, kernel(layer, x)),
  lower: (layer, context, inputs) => {
    const { builder } = context
    const x = at(inputs, 0)
    const [, h = 0, w = 0, ...channels] = builder.shape(x)
    const weight = kernelOf(layer, context, kernel(layer, [h, w, ...channels]))
    return addBias(layer, context, builder.conv2d(x, weight, windowOf(axisOf(layer), h, w)))
  },
}
