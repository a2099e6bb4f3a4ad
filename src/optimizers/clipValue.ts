import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { positive } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { maximum, minimum } from '../dsl/terms/elementwise.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import { gradient } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'

interface ClipValue {
  readonly type: 'clipValue'
  readonly most: number
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that each element of the gradient is clipped to [-most, most] (Mikolov 2012; PyTorch's clip_grad_value_).
 *
 * @example clipValue({ most: 0.1 }, sgd({ lr: 0.1 }))
 */
export const clipValue = (options: { readonly most: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly most: number }>(
    'clipValue',
    options,
    { most: 'required' },
    'clipValue({}, adam({ lr: 1e-4 }))',
  )
  return { type: 'clipValue', most: options.most, of }
}

export const clipValueDefinition: OptimizerDefinition<ClipValue> = {
  codec: (of) => struct({ type: t.literal('clipValue'), most: positive, of }),
  update: ({ most, of }, updateOf) =>
    withVariables(updateOf(of), { gradient: minimum(maximum(gradient, -most), most).term }),
}
