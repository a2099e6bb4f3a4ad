import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import { sizes } from '../../ir/axes.ts'
import { at } from '../../ir/present.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import { join } from '../networks/graph.ts'
import type { Beside, ImageNet, Inputs, Net } from '../networks/net.ts'
import type { Conv, Padding, Shapes } from '../types/shape.ts'
import { checkVector } from './film.ts'
import type { LayerContext, LayerDefinition } from './layer.ts'
import { checkImage, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { addBias, biasOf, biasParameter, kernelOf, kernelParameters, weightSlots, weights } from './weights.ts'
import {
  axisOf,
  checkCovers,
  checkWindow,
  degenerateWindows,
  filterOptionFields,
  type WindowLayer,
  type WindowLayerOptions,
  windowFields,
  windowOf,
  windowOptions,
  windows,
} from './window.ts'

export interface ModulatedConv2dLayer extends WindowLayer {
  readonly type: 'modulatedConv2d'
  /** Whether to demodulate: to scale each filter to length 1 after modulation. true by default. */
  readonly demodulate?: boolean
}

/** As in the paper. Added to the squared length, to avoid a division by 0. */
const epsilon = 1e-8

/**
 * Modulated convolution (StyleGAN2, Karras et al. 2020, equations 1 to 3): `[h, w, c]` and `[n] -> [h', w', filters]`. Each sample's style
 * scales the filters by input channel; demodulation then scales each filter to length 1. A channel's factor is 1 plus an affine
 * function of the style: `n x c` weights, zero biases. Options, filters and biases as in `conv2d`. The paper does not demodulate in
 * the layers that output RGB.
 *
 * @example
 * const image = pipe(input([64], 'z'), dense(8 * 8 * 16), reshape([8, 8, 16]))
 * modulatedConv2d(image, pipe(input([8], 'w'), dense(16)), { filters: 32, kernel: 3 })
 */
export const modulatedConv2d = <
  I extends Shapes,
  X extends Shape,
  J extends Shapes,
  B extends Shape,
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const P extends Padding = 'same',
>(
  x: ImageNet<I, X, 'modulatedConv2d'>,
  style: Beside<I, J, Net<J, B>>,
  options: WindowLayerOptions<F, K, S, P> & { readonly demodulate?: boolean },
): Net<Inputs<I, J>, Conv<X, F, K, S, P>> => {
  const fields = { ...filterOptionFields, demodulate: 'optional' } as const
  checkOptions<Omit<ModulatedConv2dLayer, 'type'>>('modulatedConv2d', options, fields, 'modulatedConv2d(x, style, {})')
  return join({ type: 'modulatedConv2d', ...options })(x, style)
}

const filter = ({ kernel: size, filters }: ModulatedConv2dLayer, x: Shape): Kernel => {
  const channels = at(x, 2)
  const area = size * size
  return { shape: [size, size, channels, filters], fanIn: area * channels, fanOut: area * filters }
}
const affine = (x: Shape, style: Shape): Kernel => {
  const [[n], channels] = [sizes(style, 1), at(x, 2)]
  return { name: 'style', shape: [n, channels], fanIn: n, fanOut: channels }
}

/** The factors of each sample's input channels, `[batch, c]`. */
const modulation = (layer: ModulatedConv2dLayer, context: LayerContext, x: Shape, style: NodeId): NodeId => {
  const { builder: b } = context
  const made = b.matmul(style, kernelOf(layer, context, affine(x, b.shape(style).slice(1))))
  return b.add(b.add(made, biasOf(layer, context, 'styleBias')), b.number(1))
}

export const modulatedConv2dDefinition: LayerDefinition<ModulatedConv2dLayer, 2> = {
  codec: () =>
    struct({ type: t.literal('modulatedConv2d'), ...windowFields }, { ...windowOptions(), demodulate: t.boolean }),
  arity: 2,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x, style]) => {
    const axis = axisOf(layer)
    return rule(
      [checkWindow(layer) ?? checkImage(x) ?? checkVector(style) ?? checkCovers(layer, x.slice(0, 2))],
      () => [windows(axis, at(x, 0)), windows(axis, at(x, 1)), layer.filters],
    )
  },
  parameters: (layer, [x, style]) => ({
    ...weights(layer, filter(layer, x), layer.filters),
    ...kernelParameters(layer, affine(x, style)),
    styleBias: biasParameter(affine(x, style), at(x, 2)),
  }),
  degenerate: (layer, { inputs: [x] }) =>
    degenerateWindows(layer, x.slice(0, 2)) ??
    (layer.demodulate !== false && at(x, 2) === 1
      ? {
          leaves: 'something',
          message: 'scales its one input channel by the style and divides by that scale again: the style has no effect',
          hint: 'Give its input more channels, or set demodulate to false.',
        }
      : undefined),
  slots: (layer, [x, style]) => ({
    ...weightSlots(layer, filter(layer, x)),
    ...weightSlots(layer, affine(x, style)),
  }),
  // Scaling the input channels is equivalent to scaling the filters, and the output is divided by the filters' lengths. So all samples share one filter.
  lower: (layer, context, [x, other]) => {
    const { builder: b } = context
    const [batch, h, w, c] = sizes(b.shape(x), 4)
    const image = [h, w, c]
    const w0 = kernelOf(layer, context, filter(layer, image))
    const s = modulation(layer, context, image, other)
    const y = b.conv2d(b.mul(x, b.reshape(s, [batch, 1, 1, c])), w0, windowOf(axisOf(layer), h, w))
    if (layer.demodulate === false) return addBias(layer, context, y)
    const squares = b.matmul(b.square(s), b.sum(b.square(w0), [0, 1]))
    const lengths = b.rsqrt(b.add(squares, b.number(epsilon)))
    return addBias(layer, context, b.mul(y, b.reshape(lengths, [batch, 1, 1, layer.filters])))
  },
}
