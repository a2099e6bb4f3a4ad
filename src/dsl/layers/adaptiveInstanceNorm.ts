import { checkOptions } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { toGraph } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import type { Shapes } from '../types/shape.ts'
import { film } from './film.ts'
import { instanceNormWith } from './instanceNorm.ts'
import { type WeightOptions, weightOptionFields } from './weights.ts'

/**
 * AdaIN (Karras et al. 2019, equation 1): instance norm whose scale and shift are trained affine functions of a style,
 * `[..., c]` and `[n] -> [..., c]`. The scale starts near 1. (Huang and Belongie 2017, equation 8, take both from another image.)
 * In a pipe: `share((h) => adaptiveInstanceNorm(h, style))`.
 *
 * @example
 * const image = pipe(input([64], 'z'), dense(8 * 8 * 16), reshape([8, 8, 16]))
 * const style = pipe(input([8], 'w'), dense(32), relu)
 * adaptiveInstanceNorm(image, style)
 */
export const adaptiveInstanceNorm = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  x: Net<I, A>,
  style: Beside<I, J, Net<J, B>>,
  options: WeightOptions = {},
): Net<Inputs<I, J>, A> => {
  checkOptions<WeightOptions>('adaptiveInstanceNorm', options, weightOptionFields, 'adaptiveInstanceNorm(x, style, {})')
  toGraph(x, 'adaptiveInstanceNorm')
  toGraph(style, 'adaptiveInstanceNorm', 'style')
  return film<I, A, J, B>(instanceNormWith({ affine: false })(x), style, options)
}
