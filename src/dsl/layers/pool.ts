import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { oneOf } from '../../codecs/oneOf.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Blocks, Shapes } from '../types/shape.ts'
import { blocks, blocksShape, checkBlock, withinBlock } from './blocks.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, checkSize, rule } from './rule.ts'

export interface PoolLayer {
  readonly type: 'pool'
  /** How the pixels of a block are combined. */
  readonly by: 'average' | 'max'
  /** The number of pixels along each side of a block. */
  readonly size: number
}

const pool =
  (by: PoolLayer['by'], called: string) =>
  <F extends number>(size: F) => {
    checkNumber(called, 'size', size, `Write ${called}(2).`)
    return <I extends Shapes, X extends Shape>(net: ImageNet<I, X, 'a pool'>): Net<I, Blocks<X, F>> =>
      append({ type: 'pool', by, size }, called)(net)
  }

/**
 * Average pooling: the mean of each block of `size` x `size` pixels, per channel, `[h, w, c] -> [h / size, w / size, c]`, rounded down.
 *
 * @example pipe(input([28, 28, 1]), averagePool(2))
 */
export const averagePool = /* @__PURE__ */ pool('average', 'averagePool')
/**
 * Max pooling: the maximum of each block of `size` x `size` pixels, per channel, `[h, w, c] -> [h / size, w / size, c]`, rounded down.
 *
 * @example pipe(input([28, 28, 1]), maxPool(2))
 */
export const maxPool = /* @__PURE__ */ pool('max', 'maxPool')

export const poolDefinition: LayerDefinition<PoolLayer, 1> = {
  codec: () => struct({ type: t.literal('pool'), by: oneOf('average', 'max'), size: count }),
  arity: 1,
  mixesSamples: false,
  shape: ({ size }, [x]) =>
    rule([checkSize('size', size) ?? checkImage(x) ?? checkBlock(size, x)], () => blocksShape(x, size)),
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ by, size }, { builder: b }, [x]) => {
    const parts = blocks(b, x, size)
    return by === 'max' ? b.max(parts, withinBlock) : b.mean(parts, withinBlock)
  },
}
