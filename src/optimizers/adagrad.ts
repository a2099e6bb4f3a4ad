import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { add, div, mul, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'
import { fromRate, type Rate, type RateOption, rate, toRate } from './rate.ts'

interface Adagrad {
  readonly type: 'adagrad'
  readonly lr: Rate
  readonly initial: number
  readonly epsilon: number
}

interface AdagradOptions {
  readonly lr: RateOption
  readonly initial?: number
  readonly epsilon?: number
}

/** The default options. */
const usual = { initial: 0, epsilon: 1e-10 }

/**
 * Adagrad (Duchi et al. 2011, section 1.1): gradient descent with each gradient divided by the root of the sum of all its squares.
 * PyTorch's form and defaults: the sum starts at `initial` (0), and `epsilon` (1e-10) is added to the root.
 *
 * @example adagrad({ lr: 0.01 })
 */
export const adagrad = (options: AdagradOptions): Optimizer => {
  checkOptions<AdagradOptions>('adagrad', options, { lr: 'required', initial: 'optional', epsilon: 'optional' })
  return {
    type: 'adagrad',
    lr: toRate(options.lr, 'adagrad'),
    initial: options.initial ?? usual.initial,
    epsilon: options.epsilon ?? usual.epsilon,
  }
}

export const adagradDefinition: OptimizerDefinition<Adagrad> = {
  codec: () => struct({ type: t.literal('adagrad'), lr: rate(), initial: nonNegative, epsilon: nonNegative }),
  update: ({ lr, initial, epsilon }) => {
    const next = (previous: Expr<'batch'>): Expr<'batch'> => add(previous, square(gradient))
    const squares = next(slot('squares', { initial }, next))
    return sub(parameter, mul(fromRate(lr), div(gradient, add(sqrt(squares), epsilon)))).term
  },
}
