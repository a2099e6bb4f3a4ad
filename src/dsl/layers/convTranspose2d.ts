import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { sizes } from '../../ir/axes.ts'
import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { ConvTranspose, Padding, Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { addBias, kernelOf, weightSlots, weights } from './weights.ts'
import {
  axisOf,
  checkWindow,
  filterOptionFields,
  unwindowed,
  type WindowLayer,
  type WindowLayerOptions,
  windowFields,
  windowOf,
  windowOptions,
} from './window.ts'

export interface ConvTranspose2dLayer extends WindowLayer {
  readonly type: 'convTranspose2d'
}

/**
 * The transposed convolution, `[h, w, c] -> [h', w', filters]`: each pixel adds a multiple of the filters to a window. It is the gradient
 * of the convolution from h' x w' to h x w. h' is h stride with padding 'same', h stride + max(kernel - stride, 0) with 'valid', and
 * (h - 1) stride + kernel - 2 p with a number p.
 * Glorot filters `[kernel, kernel, filters, c]`, zero biases.
 *
 * @example pipe(input([7, 7, 64]), convTranspose2d({ filters: 32, kernel: 4, stride: 2 }), relu)
 */
export const convTranspose2d = <
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const P extends Padding = 'same',
>(
  options: WindowLayerOptions<F, K, S, P>,
) => {
  checkOptions<WindowLayer>('convTranspose2d', options, filterOptionFields)
  return <I extends Shapes, X extends Shape>(
    net: ImageNet<I, X, 'convTranspose2d'>,
  ): Net<I, ConvTranspose<X, F, K, S, P>> => append({ type: 'convTranspose2d', ...options })(net)
}

const outputShape = (layer: ConvTranspose2dLayer, x: Shape): readonly [number, number, number] => {
  const [h, w] = sizes(x, 3)
  const axis = axisOf(layer)
  return [unwindowed(axis, h), unwindowed(axis, w), layer.filters]
}

const checkRemains = (layer: ConvTranspose2dLayer, x: Shape): Problem | undefined => {
  const [h, w] = outputShape(layer, x)
  return h > 0 && w > 0
    ? undefined
    : {
        expected: 'padding that leaves pixels',
        found: `${layer.padding} on each side of ${x[0]} x ${x[1]} windows of ${layer.kernel} x ${layer.kernel}`,
        hint: "Make the padding smaller or the kernel larger, or use padding 'same'.",
      }
}

const kernel = ({ kernel: size, filters }: ConvTranspose2dLayer, x: Shape): Kernel => {
  const channels = at(x, 2)
  const area = size * size
  return { shape: [size, size, filters, channels], fanIn: area * channels, fanOut: area * filters, outputs: [2] }
}

export const convTranspose2dDefinition: LayerDefinition<ConvTranspose2dLayer, 1> = {
  codec: () => struct({ type: t.literal('convTranspose2d'), ...windowFields }, windowOptions()),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) =>
    rule([checkWindow(layer) ?? checkImage(x) ?? checkRemains(layer, x)], () => outputShape(layer, x)),
  parameters: (layer, [x]) => weights(layer, kernel(layer, x), layer.filters),
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  lower: (layer, context, [y]) => {
    const { builder } = context
    const axis = axisOf(layer)
    const small = builder.shape(y).slice(1)
    const [h, w] = outputShape(layer, small)
    const weight = kernelOf(layer, context, kernel(layer, small))
    const image = builder.conv2dInput(y, weight, { ...windowOf(axis, h, w), size: [h, w] })
    return addBias(layer, context, image)
  },
}
