import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { batched, lastSize } from '../../ir/axes.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { checkSize, rule } from './rule.ts'
import { overLast } from './softmax.ts'
import type { Kernel } from './weightRule.ts'
import { checkWeights, kernelOf, kernelParameters, type WeightOptions, weightOptions, weightSlots } from './weights.ts'

interface Options extends Omit<WeightOptions, 'bias'> {
  /** The number of channels of queries, keys and values. By default an eighth of the input's channels, but at least 1. */
  readonly channels?: number
}

export interface SelfAttentionLayer extends Options {
  readonly type: 'selfAttention'
}

/**
 * Self-attention over pixels (SAGAN, Zhang et al. 2019, equations 1 to 3), which keeps the shape `[..., c]`:
 * y_j = x_j + gamma v(sum over i of beta_ji h(x_i)), where beta_j is the softmax over i of f(x_i) . g(x_j). f, g, h: c -> channels and
 * v: channels -> c are 1 x 1 convolutions without bias. gamma is trained and starts at 0.
 *
 * @example pipe(input([8, 8, 32]), selfAttention())
 */
export const selfAttention = (options: Options = {}): Same => {
  checkOptions<Options>('selfAttention', options, { channels: 'optional', init: 'optional', weights: 'optional' })
  return append({ type: 'selfAttention', ...options })
}

const inner = ({ channels }: SelfAttentionLayer, x: Shape): number =>
  channels ?? Math.max(1, Math.floor(lastSize(x) / 8))

const checkPlaces = (x: Shape): Problem | undefined =>
  x.length >= 2
    ? undefined
    : {
        expected: 'an input with several positions, [height, width, channels] or [length, channels]',
        found: showShape(x),
        hint: 'Put it where the network has images.',
      }

const kernels = (layer: SelfAttentionLayer, x: Shape): { readonly [K in 'f' | 'g' | 'h' | 'v']: Kernel } => {
  const [outside, inside] = [lastSize(x), inner(layer, x)]
  const matrix = (name: string, fanIn: number, fanOut: number) => ({ name, shape: [fanIn, fanOut], fanIn, fanOut })
  return {
    f: matrix('f', outside, inside),
    g: matrix('g', outside, inside),
    h: matrix('h', outside, inside),
    v: matrix('v', inside, outside),
  }
}

export const selfAttentionDefinition: LayerDefinition<SelfAttentionLayer, 1> = {
  codec: () =>
    struct(
      { type: t.literal('selfAttention') },
      { channels: count, init: weightOptions().init, weights: weightOptions().weights },
    ),
  arity: 1,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x]) => rule([checkPlaces(x) ?? checkSize('channels', inner(layer, x)), checkWeights(layer)], x),
  parameters: (layer, [x]) => {
    const { f, g, h, v } = kernels(layer, x)
    return {
      ...kernelParameters(layer, f),
      ...kernelParameters(layer, g),
      ...kernelParameters(layer, h),
      ...kernelParameters(layer, v),
      gamma: { shape: [], init: { type: 'zeros' }, fanIn: 1, fanOut: 1 },
    }
  },
  degenerate: (_, { inputs: [x] }) =>
    size(x.slice(0, -1)) === 1
      ? {
          leaves: 'something',
          message: 'has only one position to attend to, so its weights f and g never train',
          hint: 'Put it where the image is larger, or use dense.',
        }
      : undefined,
  slots: (layer, [x]) => {
    const { f, g, h, v } = kernels(layer, x)
    return { ...weightSlots(layer, f), ...weightSlots(layer, g), ...weightSlots(layer, h), ...weightSlots(layer, v) }
  },
  lower: (layer, context, [x]) => {
    const { builder: b, parameter } = context
    const [batch, ...shape] = batched(b.shape(x))
    const { f, g, h, v } = kernels(layer, shape)
    const places = size(shape.slice(0, -1))
    const pixels = b.reshape(x, [batch * places, lastSize(shape)])
    const through = (kernel: Kernel) =>
      b.reshape(b.matmul(pixels, kernelOf(layer, context, kernel)), [batch, places, inner(layer, shape)])
    const beta = overLast(b, b.matmul(through(g), through(f), { transposeB: true }))
    const attended = b.reshape(b.matmul(beta, through(h)), [batch * places, inner(layer, shape)])
    const y = b.reshape(b.matmul(attended, kernelOf(layer, context, v)), [batch, ...shape])
    return b.add(x, b.mul(parameter('gamma'), y))
  },
}
