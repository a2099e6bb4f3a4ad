import { checkOptions } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { toGraph } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import type { Shapes } from '../types/shape.ts'
import { batchNormWith } from './batchNorm.ts'
import { film } from './film.ts'
import { type WeightOptions, weightOptionFields } from './weights.ts'

/**
 * Conditional batch norm (de Vries et al. 2017): batch norm whose scale and shift are affine functions of a label or an embedding,
 * `[..., c]` and `[n] -> [..., c]`. For a one-hot label without biases it corresponds to Dumoulin et al. 2017, equation 5. With
 * `{ init: init.zeros }` it starts as plain batch norm. In a pipe: `share((h) => conditionalBatchNorm(h, input([10], 'label')))`.
 *
 * @example conditionalBatchNorm(pipe(input([16], 'z'), dense(64)), input([10], 'label'))
 */
export const conditionalBatchNorm = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  x: Net<I, A>,
  label: Beside<I, J, Net<J, B>>,
  options: WeightOptions = {},
): Net<Inputs<I, J>, A> => {
  checkOptions<WeightOptions>('conditionalBatchNorm', options, weightOptionFields, 'conditionalBatchNorm(x, label, {})')
  toGraph(x, 'conditionalBatchNorm')
  toGraph(label, 'conditionalBatchNorm', 'label')
  return film<I, A, J, B>(batchNormWith({ affine: false })(x), label, options)
}
