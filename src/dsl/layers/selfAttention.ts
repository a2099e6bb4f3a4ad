import * as t from '#io-ts'
import { at } from '../../ir/ops/op.ts'
import { type Shape, showShape, size } from '../../ir/program.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Problem } from '../errors.ts'
import { append } from '../graph.ts'
import type { Same } from '../net.ts'
import type { LayerDefinition, ParameterSpec } from './layer.ts'
import { checkSize, rule } from './rule.ts'
import { overLast } from './softmax.ts'

export interface SelfAttentionLayer {
  readonly type: 'selfAttention'
  /** How many numbers each pixel is compared and described by; an eighth of the channels, 1 at least, where absent. */
  readonly channels?: number
}

/**
 * Every pixel looks at all others, `[..., c]` to the same shape: y_j = x_j + gamma v(sum over i of beta_ji h(x_i)), where beta_j is
 * the softmax over i of f(x_i) . g(x_j). Here f, g, h: c -> channels and v: channels -> c are 1 x 1 convolutions without bias, and
 * gamma is trained, at first 0. Zhang et al. 2019, equations 1 to 3.
 */
export const selfAttention = (options: { readonly channels?: number } = {}): Same =>
  append({ type: 'selfAttention', ...options })

const inner = ({ channels }: SelfAttentionLayer, x: Shape): number =>
  channels ?? Math.max(1, Math.floor((x.at(-1) ?? 1) / 8))

const checkPlaces = (x: Shape): Problem | undefined =>
  x.length >= 2
    ? undefined
    : {
        expected: 'places that look at each other, [height, width, channels] or [length, channels]',
        found: showShape(x),
        hint: 'Put it where the network has images.',
      }

const matrix = (fanIn: number, fanOut: number): ParameterSpec => ({
  shape: [fanIn, fanOut],
  init: { type: 'glorot' },
  fanIn,
  fanOut,
})

export const selfAttentionDefinition: LayerDefinition<SelfAttentionLayer> = {
  codec: struct({ type: t.literal('selfAttention') }, { channels: count }),
  arity: 1,
  mixesSamples: false,
  shape: (layer, [x = []]) => rule([checkSize('channels', inner(layer, x)), checkPlaces(x)], x),
  parameters: (layer, [x = []]) => {
    const [outside, inside] = [x.at(-1) ?? 1, inner(layer, x)]
    return {
      f: matrix(outside, inside),
      g: matrix(outside, inside),
      h: matrix(outside, inside),
      v: matrix(inside, outside),
      gamma: { shape: [], init: { type: 'zeros' }, fanIn: 1, fanOut: 1 },
    }
  },
  slots: () => ({}),
  lower: (layer, { builder: b, parameter }, inputs) => {
    const x = at(inputs, 0)
    const [batch = 1, ...shape] = b.shape(x)
    const places = size(shape.slice(0, -1))
    const [outside, inside] = [shape.at(-1) ?? 1, inner(layer, shape)]
    const pixels = b.reshape(x, [batch * places, outside])
    const seenBy = (name: 'f' | 'g' | 'h') => b.reshape(b.matmul(pixels, parameter(name)), [batch, places, inside])
    const beta = overLast(b, b.matmul(seenBy('g'), seenBy('f'), { transposeB: true }))
    const attended = b.reshape(b.matmul(beta, seenBy('h')), [batch * places, inside])
    const y = b.reshape(b.matmul(attended, parameter('v')), [batch, ...shape])
    return b.add(x, b.mul(parameter('gamma'), y))
  },
}
