import { checkOptions } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { ImageNet, Net } from '../networks/net.ts'
import type { Conv, Extent, Padding, Shapes } from '../types/shape.ts'
import { type Dilation, filterOptionFields, type WindowLayer, type WindowLayerOptions } from './window.ts'

/**
 * A separable convolution (Chollet 2017), `[h, w, c] -> [h', w', filters]`: a depthwise convolution without bias, then a pointwise one. It
 * has kernel² c + c filters weights, while `conv2d` has kernel² c filters.
 *
 * @example pipe(input([28, 28, 8]), separableConv2d({ filters: 16, kernel: 3 }), relu)
 */
export const separableConv2d = <
  const F extends number,
  const K extends number,
  const S extends number = 1,
  const P extends Padding = 'same',
  const D extends number = 1,
>(
  all: WindowLayerOptions<F, K, S, P> & Dilation<D>,
) => {
  checkOptions<WindowLayer & Dilation>('separableConv2d', all, { ...filterOptionFields, dilation: 'optional' })
  const { filters, ...options } = all
  const { kernel: _, stride: __, padding: ___, dilation: ____, ...weights } = options
  return <I extends Shapes, X extends Shape>(
    net: ImageNet<I, X, 'separableConv2d'>,
  ): Net<I, Conv<X, F, Extent<K, D>, S, P>> => {
    const depthwise = append({ type: 'depthwiseConv2d', ...options, bias: false }, 'separableConv2d')(net)
    return append({ type: 'conv2d', filters, kernel: 1, ...weights })(depthwise)
  }
}
