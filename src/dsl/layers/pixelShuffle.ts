import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize, sizes } from '../../ir/axes.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Shapes, Shuffled } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, checkMultiple, checkSize, rule } from './rule.ts'

export interface PixelShuffleLayer {
  readonly type: 'pixelShuffle'
  readonly factor: number
}

/**
 * Pixel shuffle (Shi et al. 2016, equation 4): rearranges channels into pixels, `[h, w, c factor^2] -> [h factor, w factor, c]`. A pixel's
 * channels are ordered by the block's rows, then its columns, then the output channels.
 *
 * @example pipe(input([8, 8, 64]), pixelShuffle(2))
 */
export const pixelShuffle = <F extends number>(factor: F) => {
  checkNumber('pixelShuffle', 'factor', factor, 'Write pixelShuffle(2).')
  return <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'pixelShuffle'>): Net<I, Shuffled<X, F>> =>
    append({ type: 'pixelShuffle', factor })(net)
}

export const pixelShuffleDefinition: LayerDefinition<PixelShuffleLayer, 1> = {
  codec: () => struct({ type: t.literal('pixelShuffle'), factor: count }),
  arity: 1,
  mixesSamples: false,
  shape: ({ factor }, [x]) => {
    const square = factor * factor
    return rule(
      [checkSize('factor', factor) ?? checkImage(x) ?? checkMultiple('channels', lastSize(x), square)],
      () => {
        const [h, w, c] = sizes(x, 3)
        return [h * factor, w * factor, c / square]
      },
    )
  },
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ factor }, { builder: b }, [x]) => {
    const [batch, h, w, c] = sizes(b.shape(x), 4)
    const channels = c / (factor * factor)
    const blocks = b.reshape(x, [batch * h, w, factor, factor, channels])
    return b.reshape(b.transpose(blocks, [0, 2, 1, 3, 4]), [batch, h * factor, w * factor, channels])
  },
}
