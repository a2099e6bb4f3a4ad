import { checkOptions } from '../codecs/argument.ts'
import { mul, sub } from '../dsl/terms/elementwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import { gradient, parameter } from '../dsl/terms/variables.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'
import { fromRate, type RateOption, toRate } from './rate.ts'

interface SgdOptions {
  readonly lr: RateOption
}

/** Gradient descent: parameter - lr * gradient (Robbins and Monro 1951). */
export const sgd = (options: SgdOptions): Optimizer => {
  checkOptions<SgdOptions>('sgd', options, { lr: 'required' })
  return { type: 'sgd', lr: toRate(options.lr, 'sgd') }
}

export const sgdUpdate = ({ lr }: OptimizerOf<'sgd'>): Term => sub(parameter, mul(fromRate(lr), gradient)).term
