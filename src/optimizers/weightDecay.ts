import { checkOptions } from '../codecs/argument.ts'
import { add, mul } from '../dsl/terms/elementwise.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'

/**
 * An optimizer with weight decay as part of the gradient: gradient + decay * parameter, the gradient of decay / 2 times the
 * squared norm (Krogh and Hertz 1992; PyTorch's weight_decay, of all but adamW, which decays apart from the gradient).
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

export const weightDecayUpdate = ({ decay }: OptimizerOf<'weightDecay'>, update: Term): Term =>
  withVariables(update, { gradient: add(gradient, mul(decay, parameter)).term })
