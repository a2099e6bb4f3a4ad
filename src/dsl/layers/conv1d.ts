import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { sizes } from '../../ir/axes.ts'
import { at } from '../../ir/present.ts'
import { type Shape, showShape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { Conv1d, Extent, Padding, Shapes, Show } from '../types/shape.ts'
import { dilated } from './dilated.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'
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
  paddingOf,
  type WindowLayer,
  type WindowLayerOptions,
  windowFields,
  windows,
} from './window.ts'

export interface Conv1dLayer extends WindowLayer, Dilation {
  readonly type: 'conv1d'
}

type SequenceNet<I extends Shapes, S extends Shape> = [S] extends [readonly [number, number]]
  ? Net<I, S>
  : number extends S['length']
    ? Net<I, S>
    : `conv1d needs length x channels, but here it gets ${Show<S>}`

/**
 * A convolution along a sequence (a cross-correlation), `[length, c] -> [length', filters]`, with the options of `conv2d`. Glorot
 * filters `[kernel, c, filters]`, zero biases. Used for audio by Donahue et al. 2019.
 *
 * @example pipe(input([100, 1]), conv1d({ filters: 16, kernel: 5, stride: 2 }), relu)
 */
export const conv1d = <
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const P extends Padding = 'same',
  const D extends number = 1,
>(
  options: WindowLayerOptions<F, K, S, P> & Dilation<D>,
) => {
  checkOptions<WindowLayer & Dilation>('conv1d', options, { ...filterOptionFields, dilation: 'optional' })
  return <I extends Shapes, X extends Shape>(net: SequenceNet<I, X>): Net<I, Conv1d<X, F, Extent<K, D>, S, P>> =>
    append({ type: 'conv1d', ...options })(net)
}

const checkSequence = (x: Shape): Problem | undefined =>
  x.length === 2
    ? undefined
    : {
        expected: 'a sequence, [length, channels]',
        found: showShape(x),
        hint: 'Put reshape([length, channels]) before it.',
      }

const kernel = ({ kernel: size, filters }: Conv1dLayer, x: Shape): Kernel => {
  const channels = at(x, 1)
  return { shape: [size, channels, filters], fanIn: size * channels, fanOut: size * filters }
}

export const conv1dDefinition: LayerDefinition<Conv1dLayer, 1> = {
  codec: () => struct({ type: t.literal('conv1d'), ...windowFields }, dilatedOptions()),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) =>
    rule([checkWindow(layer) ?? checkSequence(x) ?? checkCovers(layer, x.slice(0, 1))], () => [
      windows(axisOf(layer), at(x, 0)),
      layer.filters,
    ]),
  parameters: (layer, [x]) => weights(layer, kernel(layer, x), layer.filters),
  degenerate: (layer, { inputs: [x] }) => degenerateWindows(layer, x.slice(0, 1)),
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  // A sequence is an image of one row.
  lower: (layer, context, [x]) => {
    const { builder: b } = context
    const [batch, length, channels] = sizes(b.shape(x), 3)
    const axis = axisOf(layer)
    const filter = dilated(b, kernelOf(layer, context, kernel(layer, [length, channels])), layer, 1)
    const row = b.conv2d(b.reshape(x, [batch, 1, length, channels]), b.reshape(filter, [1, ...b.shape(filter)]), {
      strides: [1, axis.stride],
      padding: [[0, 0], paddingOf(axis, length)],
    })
    return addBias(layer, context, b.reshape(row, [batch, windows(axis, length), layer.filters]))
  },
}
