import * as t from '#io-ts'
import { oneOf } from '../../codecs/oneOf.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Called, ImageNet, Net } from '../networks/net.ts'
import { unbounded } from '../types/bounds.ts'
import type { Channels, Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkImage, rule } from './rule.ts'

export interface GlobalPoolLayer {
  readonly type: 'globalPool'
  /** How the pixels of an image are combined. */
  readonly by: 'average' | 'max' | 'sum'
}

const globalPool =
  (by: GlobalPoolLayer['by'], called: string) =>
  <I extends Shapes = Called, X extends Shape = Shape>(net?: ImageNet<I, X, 'a global pool'>): Net<I, Channels<X>> =>
    append({ type: 'globalPool', by }, called)(net)

/**
 * Global average pooling: the mean of each channel over the image, `[h, w, c] -> [c]`. Lin et al. 2014, section 3.2.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), relu, globalAveragePool, dense(1))
 */
export const globalAveragePool = /* @__PURE__ */ globalPool('average', 'globalAveragePool')
/**
 * Global max pooling: the maximum of each channel over the image, `[h, w, c] -> [c]`.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), relu, globalMaxPool, dense(1))
 */
export const globalMaxPool = /* @__PURE__ */ globalPool('max', 'globalMaxPool')
/**
 * Global sum pooling: the sum of each channel over the image, `[h, w, c] -> [c]`. The last step of phi in Miyato and Koyama 2018.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), relu, globalSumPool, dense(1))
 */
export const globalSumPool = /* @__PURE__ */ globalPool('sum', 'globalSumPool')

const reductions = { average: 'mean', max: 'max', sum: 'sum' } as const

export const globalPoolDefinition: LayerDefinition<GlobalPoolLayer, 1> = {
  codec: () => struct({ type: t.literal('globalPool'), by: oneOf('average', 'max', 'sum') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkImage(x)], x.slice(2)),
  bounds: ({ by }, [x]) => (by === 'sum' ? unbounded : x),
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ by }, { builder }, [x]) => builder[reductions[by]](x, [1, 2]),
}
