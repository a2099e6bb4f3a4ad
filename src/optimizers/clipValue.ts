import { checkOptions } from '../codecs/argument.ts'
import { maximum, minimum } from '../dsl/terms/elementwise.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { gradient } from '../dsl/terms/variables.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'

/** An optimizer whose gradient is cut, number by number, to at most `most` in size (Mikolov 2012; PyTorch's clip_grad_value_). */
export const clipValue = (options: { readonly most: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly most: number }>(
    'clipValue',
    options,
    { most: 'required' },
    'clipValue({}, adam({ lr: 1e-4 }))',
  )
  return { type: 'clipValue', most: options.most, of }
}

export const clipValueUpdate = ({ most }: OptimizerOf<'clipValue'>, update: Term): Term =>
  withVariables(update, { gradient: minimum(maximum(gradient, -most), most).term })
