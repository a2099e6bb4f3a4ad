import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { finite } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, mul, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Momentum {
  readonly type: 'momentum'
  readonly lr: Rate
  readonly momentum: number
  readonly nesterov: boolean
}

interface MomentumOptions {
  readonly lr: RateOption
  readonly momentum?: number
  readonly nesterov?: boolean
}

/** The default options. */
const usual = { momentum: 0.9 }

/**
 * Gradient descent with momentum (Polyak 1964), in PyTorch's form: v = momentum * v + gradient, then parameter - lr * v. With
 * `nesterov`: parameter - lr * (gradient + momentum * v) (Sutskever et al. 2013, equations 3 and 4). `momentum` is 0.9 by default.
 * In games, negative momentum can help (Gidel et al. 2019).
 *
 * @example momentum({ lr: 0.01 })
 */
export const momentum = (options: MomentumOptions): Optimizer => {
  checkOptions<MomentumOptions>('momentum', options, { lr: 'required', momentum: 'optional', nesterov: 'optional' })
  return {
    type: 'momentum',
    lr: toRate(options.lr, 'momentum'),
    momentum: options.momentum ?? usual.momentum,
    nesterov: options.nesterov ?? false,
  }
}

export const momentumDefinition: OptimizerDefinition<Momentum> = {
  codec: () => struct({ type: t.literal('momentum'), lr: rate(), momentum: finite, nesterov: t.boolean }),
  update: ({ lr, momentum, nesterov }) => {
    const next = (previous: Expr<'batch'>): Expr<'batch'> => add(mul(momentum, previous), gradient)
    const velocity = next(slot('v', { initial: 0 }, next))
    const direction = nesterov ? add(gradient, mul(momentum, velocity)) : velocity
    return sub(parameter, mul(fromRate(lr), direction)).term
  },
}
