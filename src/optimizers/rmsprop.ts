import { checkOptions } from '../codecs/argument.ts'
import { add, div, mul, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import { movingAverage } from './movingAverage.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'
import { fromRate, type RateOption, toRate } from './rate.ts'

interface RmspropOptions {
  readonly lr: RateOption
  readonly decay?: number
  readonly epsilon?: number
}

/**
 * Gradient descent, each gradient divided by the root of the mean of its squares (Tieleman and Hinton 2012, lecture 6.5), in
 * PyTorch's form, with its defaults: decay 0.99, epsilon 1e-8, added to the root.
 */
export const rmsprop = (options: RmspropOptions): Optimizer => {
  checkOptions<RmspropOptions>('rmsprop', options, { lr: 'required', decay: 'optional', epsilon: 'optional' })
  return {
    type: 'rmsprop',
    lr: toRate(options.lr, 'rmsprop'),
    decay: options.decay ?? 0.99,
    epsilon: options.epsilon ?? 1e-8,
  }
}

export const rmspropUpdate = ({ lr, decay, epsilon }: OptimizerOf<'rmsprop'>): Term => {
  const squares = movingAverage('v', decay, square(gradient))
  return sub(parameter, mul(fromRate(lr), div(gradient, add(sqrt(squares), epsilon)))).term
}
