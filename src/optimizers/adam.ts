import { add, div, mul, sqrt, square, sub } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import type { Optimizer, OptimizerOf } from '../dsl/optimizer.ts'
import type { Term } from '../dsl/term.ts'
import { gradient, parameter } from '../dsl/variables.ts'
import { movingAverage, unbiased } from './movingAverage.ts'
import { fromRate, type RateOption, toRate } from './rate.ts'

export interface AdamOptions {
  readonly lr: RateOption
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** The paper's defaults. */
export const adamFields = (options: AdamOptions) => ({
  lr: toRate(options.lr),
  beta1: options.beta1 ?? 0.9,
  beta2: options.beta2 ?? 0.999,
  epsilon: options.epsilon ?? 1e-8,
})

/** Adam (Kingma and Ba 2015, algorithm 1): beta1 0.9, beta2 0.999 and epsilon 1e-8, added to the root, unless said otherwise. */
export const adam = (options: AdamOptions): Optimizer => ({ type: 'adam', ...adamFields(options) })

/** The unbiased mean gradient over the root of the unbiased mean of its squares. */
export const adamDirection = ({ beta1, beta2, epsilon }: OptimizerOf<'adam'> | OptimizerOf<'adamW'>): Expr<'batch'> => {
  const mean = unbiased(movingAverage('m', beta1, gradient), beta1)
  const squares = unbiased(movingAverage('v', beta2, square(gradient)), beta2)
  return div(mean, add(sqrt(squares), epsilon))
}

export const adamUpdate = (config: OptimizerOf<'adam'>): Term =>
  sub(parameter, mul(fromRate(config.lr), adamDirection(config))).term
