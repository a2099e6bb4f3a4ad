import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, mul } from '../dsl/terms/elementwise.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'

interface WeightDecay {
  readonly type: 'weightDecay'
  readonly decay: number
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that the gradient includes weight decay: gradient + decay * parameter, as of a penalty of decay / 2 times the
 * squared norm (Krogh and Hertz 1992; PyTorch's weight_decay). For decoupled decay see `adamW`.
 *
 * @example weightDecay({ decay: 0.01 }, sgd({ lr: 0.1 }))
 */
export const weightDecay = (options: { readonly decay: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly decay: number }>(
    'weightDecay',
    options,
    { decay: 'required' },
    'weightDecay({}, adam({ lr: 1e-4 }))',
  )
  return { type: 'weightDecay', decay: options.decay, of }
}

export const weightDecayDefinition: OptimizerDefinition<WeightDecay> = {
  codec: (of) => struct({ type: t.literal('weightDecay'), decay: nonNegative, of }),
  update: ({ decay, of }, updateOf) =>
    withVariables(updateOf(of), { gradient: add(gradient, mul(decay, parameter)).term }),
}
