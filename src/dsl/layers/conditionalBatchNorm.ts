import { checkOptions } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { toGraph } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import type { Shapes } from '../types/shape.ts'
import { batchNormWith } from './batchNorm.ts'
import { film } from './film.ts'
import { type WeightOptions, weightOptionFields } from './weights.ts'

/**
 * Batch norm whose scale and shift are linear in a label, or an embedding, `[..., c]` and `[n] -> [..., c]`. In a pipe:
 * `share((h) => conditionalBatchNorm(h, input([10], 'label')))`. De Vries et al. 2017, whose trained scale and shift of their own
 * are the biases here; of a one-hot label, without biases, it is as Dumoulin et al. 2017, equation 5, have it for instance norm.
 * With `{ init: init.zeros }` it starts as plain batch norm.
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
