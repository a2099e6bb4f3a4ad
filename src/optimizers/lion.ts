import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, mul, sign, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { constantOf } from '../dsl/terms/ranges.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Lion {
  readonly type: 'lion'
  readonly lr: Rate
  readonly beta1: number
  readonly beta2: number
  readonly weightDecay: number
}

interface LionOptions {
  readonly lr: RateOption
  readonly beta1?: number
  readonly beta2?: number
  readonly weightDecay?: number
}

/** The default options. */
const usual = { beta1: 0.9, beta2: 0.99, weightDecay: 0 }

/**
 * Lion (Chen et al. 2023, program 1): steps by the sign of a mean of gradients, with decoupled weight decay. `beta1` (0.9) weighs the
 * mean for the step, `beta2` (0.99) the stored mean. `weightDecay` (0) is scaled by lr.
 *
 * @example lion({ lr: 1e-4 })
 */
export const lion = (options: LionOptions): Optimizer => {
  checkOptions<LionOptions>('lion', options, {
    lr: 'required',
    beta1: 'optional',
    beta2: 'optional',
    weightDecay: 'optional',
  })
  return {
    type: 'lion',
    lr: toRate(options.lr, 'lion'),
    beta1: options.beta1 ?? usual.beta1,
    beta2: options.beta2 ?? usual.beta2,
    weightDecay: options.weightDecay ?? usual.weightDecay,
  }
}

export const lionDefinition: OptimizerDefinition<Lion> = {
  codec: () =>
    struct({
      type: t.literal('lion'),
      lr: rate(),
      beta1: constantOf('decay'),
      beta2: constantOf('decay'),
      weightDecay: nonNegative,
    }),
  update: ({ lr, beta1, beta2, weightDecay }) => {
    const mixed = (beta: number, mean: Expr<'batch'>): Expr<'batch'> => add(mul(beta, mean), mul(1 - beta, gradient))
    const mean = slot('m', { initial: 0 }, (previous) => mixed(beta2, previous))
    const direction = add(sign(mixed(beta1, mean)), mul(weightDecay, parameter))
    return sub(parameter, mul(fromRate(lr), direction)).term
  },
}
