import { checkOptions } from '../codecs/argument.ts'
import { add, mul, sub } from '../dsl/terms/elementwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import { parameter } from '../dsl/terms/variables.ts'
import { type AdamOptions, adamDirection, adamFields, adamOptionFields } from './adam.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'
import { fromRate } from './rate.ts'

/**
 * Adam with weight decay that is not part of the gradient (Loshchilov and Hutter 2019, algorithm 2), in PyTorch's form: the
 * decay is scaled by lr. `weightDecay` is 0.01 unless said otherwise.
 */
export const adamW = (options: AdamOptions & { readonly weightDecay?: number }): Optimizer => {
  const fields = { ...adamOptionFields, weightDecay: 'optional' } as const
  checkOptions<AdamOptions & { readonly weightDecay?: number }>('adamW', options, fields)
  return { type: 'adamW', ...adamFields(options, 'adamW'), weightDecay: options.weightDecay ?? 0.01 }
}

export const adamWUpdate = (config: OptimizerOf<'adamW'>): Term => {
  const direction = add(mul(config.weightDecay, parameter), adamDirection(config))
  return sub(parameter, mul(fromRate(config.lr), direction)).term
}
