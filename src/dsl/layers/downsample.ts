import * as t from '#io-ts'
import { checkNumber, checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { sizes } from '../../ir/axes.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Blocks, Shapes } from '../types/shape.ts'
import { blocks, blocksShape, checkBlock, withinBlock } from './blocks.ts'
import type { LayerDefinition } from './layer.ts'
import { type Method, type ResamplingOptions, resamplingOptions } from './resampling.ts'
import { checkImage, checkSize, rule } from './rule.ts'

export interface DownsampleLayer extends ResamplingOptions {
  readonly type: 'downsample'
  readonly factor: number
}

/**
 * Shrinks an image by `factor`, `[h, w, c] -> [h / factor, w / factor, c]`, rounded down: takes each block's first pixel, or the mean of
 * the pixels at its centre (bilinear). Does not smooth first, as `averagePool` does.
 *
 * @example pipe(input([28, 28, 1]), downsample(2))
 */
export const downsample = <F extends number>(factor: F, options: ResamplingOptions = {}) => {
  checkNumber('downsample', 'factor', factor, 'Write downsample(2).')
  checkOptions<ResamplingOptions>('downsample', options, { method: 'optional' }, 'downsample(2, {})')
  return <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'downsample'>): Net<I, Blocks<X, F>> =>
    append({ type: 'downsample', factor, ...options })(net)
}

/** Which pixels of a block count along each side: the first one, and how many. */
const chosen = (method: Method, factor: number): readonly [number, number] =>
  method === 'nearest' ? [0, 1] : [Math.floor((factor - 1) / 2), factor % 2 === 0 ? 2 : 1]

export const downsampleDefinition: LayerDefinition<DownsampleLayer, 1> = {
  codec: () => struct({ type: t.literal('downsample'), factor: count }, resamplingOptions()),
  arity: 1,
  mixesSamples: false,
  shape: ({ factor }, [x]) =>
    rule([checkSize('factor', factor) ?? checkImage(x) ?? checkBlock(factor, x)], () => blocksShape(x, factor)),
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ factor, method = 'nearest' }, { builder: b }, [x]) => {
    const parts = blocks(b, x, factor)
    const [batch, rows, , columns, , channels] = sizes(b.shape(parts), 6)
    const [first, many] = chosen(method, factor)
    const pixels = b.slice(parts, [0, 0, first, 0, first, 0], [batch, rows, many, columns, many, channels])
    return b.mean(pixels, withinBlock)
  },
}
