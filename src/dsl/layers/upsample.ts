import * as t from '#io-ts'
import { checkNumber, checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { sizes } from '../../ir/axes.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Shapes, Upsampled } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { type ResamplingOptions, resamplingOptions } from './resampling.ts'
import { checkImage, checkSize, rule } from './rule.ts'

export interface UpsampleLayer extends ResamplingOptions {
  readonly type: 'upsample'
  readonly factor: number
}

/**
 * Enlarges an image by `factor`, `[h, w, c] -> [h factor, w factor, c]`: repeats each pixel, or interpolates (bilinear).
 *
 * @example pipe(input([7, 7, 8]), upsample(2), conv2d({ filters: 8, kernel: 3 }), relu)
 */
export const upsample = <F extends number>(factor: F, options: ResamplingOptions = {}) => {
  checkNumber('upsample', 'factor', factor, 'Write upsample(2).')
  checkOptions<ResamplingOptions>('upsample', options, { method: 'optional' }, 'upsample(2, {})')
  return <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'upsample'>): Net<I, Upsampled<X, F>> =>
    append({ type: 'upsample', factor, ...options })(net)
}

/** Enlarges one axis: `[rows, n, width] -> [rows, n factor, width]`. */
type Stretch = (b: Builder, x: NodeId, factor: number) => NodeId

const stretches: { readonly [K in NonNullable<UpsampleLayer['method']>]: Stretch } = {
  nearest: (b, x, factor) => {
    const [rows, n, width] = sizes(b.shape(x), 3)
    const repeated = b.broadcast(b.reshape(x, [rows, n, 1, width]), [rows, n, factor, width])
    return b.reshape(repeated, [rows, n * factor, width])
  },
  bilinear: (b, x, factor) => {
    const [rows, n, width] = sizes(b.shape(x), 3)
    const part = (start: number, count: number) => b.slice(x, [0, start, 0], [rows, count, width])
    const before = n === 1 ? x : b.concat([part(0, 1), part(0, n - 1)], 1)
    const after = n === 1 ? x : b.concat([part(1, n - 1), part(n - 1, 1)], 1)
    const phases = Array.from({ length: factor }, (_, i) => {
      // The distance of the new pixel's centre from the old one's, in old pixels.
      const offset = (i + 0.5) / factor - 0.5
      const share = Math.abs(offset)
      const mixed = b.add(b.mul(x, b.number(1 - share)), b.mul(offset < 0 ? before : after, b.number(share)))
      return b.reshape(mixed, [rows, n, 1, width])
    })
    return b.reshape(b.concat(phases, 2), [rows, n * factor, width])
  },
}

export const upsampleDefinition: LayerDefinition<UpsampleLayer, 1> = {
  codec: () => struct({ type: t.literal('upsample'), factor: count }, resamplingOptions()),
  arity: 1,
  mixesSamples: false,
  shape: ({ factor }, [x]) => {
    return rule([checkSize('factor', factor), checkImage(x)], () => {
      const [h, w, c] = sizes(x, 3)
      return [h * factor, w * factor, c]
    })
  },
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ factor, method = 'nearest' }, { builder: b }, [x]) => {
    const [batch, h, w, c] = sizes(b.shape(x), 4)
    const stretch = stretches[method]
    const higher = stretch(b, b.reshape(x, [batch, h, w * c]), factor)
    const wider = stretch(b, b.reshape(higher, [batch * h * factor, w, c]), factor)
    return b.reshape(wider, [batch, h * factor, w * factor, c])
  },
}
