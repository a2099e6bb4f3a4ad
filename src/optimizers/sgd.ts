import { mul, sub } from '../dsl/elementwise.ts'
import type { Optimizer, OptimizerOf } from '../dsl/optimizer.ts'
import type { Term } from '../dsl/term.ts'
import { gradient, parameter } from '../dsl/variables.ts'
import { fromRate, type RateOption, toRate } from './rate.ts'

/** Gradient descent: parameter - lr * gradient (Robbins and Monro 1951). */
export const sgd = (options: { readonly lr: RateOption }): Optimizer => ({ type: 'sgd', lr: toRate(options.lr) })

export const sgdUpdate = ({ lr }: OptimizerOf<'sgd'>): Term => sub(parameter, mul(fromRate(lr), gradient)).term
