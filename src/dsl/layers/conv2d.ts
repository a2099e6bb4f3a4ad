import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import { sizes } from '../../ir/axes.ts'
import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Conv, Extent, Padding, Shapes } from '../types/shape.ts'
import { dilated } from './dilated.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { addBias, kernelOf, weightSlots, weights } from './weights.ts'
import {
  axisOf,
  checkCovers,
  checkWindow,
  type Dilation,
  degenerateWindows,
  dilatedOptions,
  filterOptionFields,
  type WindowLayer,
  type WindowLayerOptions,
  windowFields,
  windowOf,
  windows,
} from './window.ts'

export interface Conv2dLayer extends WindowLayer, Dilation {
  readonly type: 'conv2d'
}

/**
 * A convolution over an image (a cross-correlation), `[h, w, c] -> [h', w', filters]`. With padding 'same', h' is h / stride, rounded
 * up; with 'valid', windows must lie inside the image. With `dilation` d a window takes every d-th pixel (Yu and Koltun 2016,
 * equation 2) and spans (kernel - 1) d + 1 pixels. Glorot filters `[kernel, kernel, c, filters]`, zero biases.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 4, stride: 2 }), leakyRelu(0.2))
 */
export const conv2d = <
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const P extends Padding = 'same',
  const D extends number = 1,
>(
  options: WindowLayerOptions<F, K, S, P> & Dilation<D>,
) => {
  checkOptions<WindowLayer & Dilation>('conv2d', options, { ...filterOptionFields, dilation: 'optional' })
  return <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'conv2d'>): Net<I, Conv<X, F, Extent<K, D>, S, P>> =>
    append({ type: 'conv2d', ...options })(net)
}

const outputShape = (layer: Conv2dLayer, x: Shape): Shape => {
  const [h, w] = sizes(x, 3)
  const axis = axisOf(layer)
  return [windows(axis, h), windows(axis, w), layer.filters]
}

const kernel = ({ kernel: size, filters }: Conv2dLayer, x: Shape): Kernel => {
  const channels = at(x, 2)
  const area = size * size
  return { shape: [size, size, channels, filters], fanIn: area * channels, fanOut: area * filters }
}

export const conv2dDefinition: LayerDefinition<Conv2dLayer, 1> = {
  codec: () => struct({ type: t.literal('conv2d'), ...windowFields }, dilatedOptions()),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) =>
    rule([checkWindow(layer) ?? checkImage(x) ?? checkCovers(layer, x.slice(0, 2))], () => outputShape(layer, x)),
  parameters: (layer, [x]) => weights(layer, kernel(layer, x), layer.filters),
  degenerate: (layer, { inputs: [x] }) => degenerateWindows(layer, x.slice(0, 2)),
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  lower: (layer, context, [x]) => {
    const { builder } = context
    const [, h, w, channels] = sizes(builder.shape(x), 4)
    const weight = dilated(builder, kernelOf(layer, context, kernel(layer, [h, w, channels])), layer, 2)
    return addBias(layer, context, builder.conv2d(x, weight, windowOf(axisOf(layer), h, w)))
  },
}
