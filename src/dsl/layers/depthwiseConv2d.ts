import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { batched, lastSize, sizes } from '../../ir/axes.ts'
import type { Builder } from '../../ir/builder.ts'
import { at } from '../../ir/present.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Depthwise, Extent, Padding, Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, checkSize, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { addBias, kernelOf, weightSlots, weights } from './weights.ts'
import {
  axisOf,
  checkCovers,
  checkWindows,
  type Dilation,
  degenerateWindows,
  dilatedOptions,
  paddingOf,
  type Windows,
  type WindowsOptions,
  windowOptionFields,
  windows,
} from './window.ts'

export interface DepthwiseConv2dLayer extends Windows, Dilation {
  readonly type: 'depthwiseConv2d'
  /** The number of output channels per input channel; 1 by default. */
  readonly multiplier?: number
}

/**
 * A depthwise convolution: convolves each channel with its own filters, `[h, w, c] -> [h', w', c multiplier]`. The outputs of a channel
 * are adjacent. Sizes and options as in `conv2d`. Glorot filters `[kernel, kernel, c, multiplier]`, zero biases. Chollet 2017.
 *
 * @example pipe(input([28, 28, 8]), depthwiseConv2d({ kernel: 3 }), relu)
 */
export const depthwiseConv2d = <
  const K extends number,
  const M extends number = 1,
  const S extends number = 1,
  const P extends Padding = 'same',
  const D extends number = 1,
>(
  options: WindowsOptions<K, S, P> & Dilation<D> & { readonly multiplier?: M },
) => {
  checkOptions<Omit<DepthwiseConv2dLayer, 'type'>>('depthwiseConv2d', options, {
    ...windowOptionFields,
    dilation: 'optional',
    multiplier: 'optional',
  })
  return <I extends Shapes, X extends Shape>(
    net: ImageNet<I, X, 'depthwiseConv2d'>,
  ): Net<I, Depthwise<X, M, Extent<K, D>, S, P>> => append({ type: 'depthwiseConv2d', ...options })(net)
}

const multiplierOf = ({ multiplier = 1 }: DepthwiseConv2dLayer): number => multiplier

const kernel = (layer: DepthwiseConv2dLayer, x: Shape): Kernel => {
  const [size, multiplier] = [layer.kernel, multiplierOf(layer)]
  const area = size * size
  return { shape: [size, size, at(x, 2), multiplier], fanIn: area, fanOut: area * multiplier, outputs: [2, 3] }
}

const channels = (layer: DepthwiseConv2dLayer, x: Shape): number => lastSize(x) * multiplierOf(layer)

const outputShape = (layer: DepthwiseConv2dLayer, x: Shape): Shape => {
  const [h, w] = sizes(x, 3)
  const axis = axisOf(layer)
  return [windows(axis, h), windows(axis, w), channels(layer, x)]
}

/** Makes a function that returns the pixel at position (i, j) of every window. */
const pixelsOf = (b: Builder, layer: DepthwiseConv2dLayer, x: NodeId): ((i: number, j: number) => NodeId) => {
  const { stride = 1, dilation = 1 } = layer
  const [batch, h, w, c] = sizes(b.shape(x), 4)
  const axis = axisOf(layer)
  const [rows, columns] = [windows(axis, h), windows(axis, w)]
  const [top, left] = [paddingOf(axis, h)[0], paddingOf(axis, w)[0]]
  // The number of strides that fit from each position.
  const bottom = Math.max(axis.kernel - 1 + rows * stride - top - h, 0)
  const right = Math.max(axis.kernel - 1 + columns * stride - left - w, 0)
  const padded = b.pad(x, [0, top, left, 0], [0, bottom, right, 0])
  return (i, j) => {
    const from = b.slice(padded, [0, i * dilation, j * dilation, 0], [batch, rows * stride, columns * stride, c])
    const steps = b.reshape(from, [batch, rows, stride, columns, stride, c])
    return b.reshape(b.slice(steps, [0, 0, 0, 0, 0, 0], [batch, rows, 1, columns, 1, c]), [batch, rows, columns, c, 1])
  }
}

export const depthwiseConv2dDefinition: LayerDefinition<DepthwiseConv2dLayer, 1> = {
  codec: () =>
    struct({ type: t.literal('depthwiseConv2d'), kernel: count }, { ...dilatedOptions(), multiplier: count }),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) =>
    rule(
      [
        checkSize('multiplier', multiplierOf(layer)) ??
          checkWindows(layer) ??
          checkImage(x) ??
          checkCovers(layer, x.slice(0, 2)),
      ],
      () => outputShape(layer, x),
    ),
  parameters: (layer, [x]) => weights(layer, kernel(layer, x), channels(layer, x)),
  degenerate: (layer, { inputs: [x] }) => degenerateWindows(layer, x.slice(0, 2)),
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  // Sum over the positions of a window. A full convolution would compute c times as many products.
  lower: (layer, context, [x]) => {
    const { builder: b } = context
    const [batch, ...image] = batched(b.shape(x))
    const made = kernel(layer, image)
    const [size, , c, multiplier] = sizes(made.shape, 4)
    const filter = kernelOf(layer, context, made)
    const pixels = pixelsOf(b, layer, x)
    const places = Array.from({ length: size * size }, (_, n) => [Math.floor(n / size), n % size] as const)
    const sum = places
      .map(([i, j]) =>
        b.mul(pixels(i, j), b.reshape(b.slice(filter, [i, j, 0, 0], [1, 1, c, multiplier]), [c, multiplier])),
      )
      .reduce(b.add)
    return addBias(layer, context, b.reshape(sum, [batch, ...outputShape(layer, image)]))
  },
}
