import { add, expm1, mul, neg } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { updates } from '../dsl/terms/variables.ts'

/** A moving average in the parameter's shape: beta * (previous average) + (1 - beta) * value. It starts at 0. */
export const movingAverage = (name: string, beta: number, value: Expr<'batch'>): Expr<'batch'> => {
  const next = (previous: Expr<'batch'>): Expr<'batch'> => add(mul(beta, previous), mul(1 - beta, value))
  return beta === 0 ? value : next(slot(name, { initial: 0 }, next))
}

/**
 * The bias correction of a moving average that starts at 0: 1 - beta^t at update t, from 1 (Kingma and Ba 2015, section 3). Uses
 * expm1 for precision where beta is near 1.
 */
export const filled = (beta: number): Expr<'batch'> | 1 =>
  beta === 0 ? 1 : neg(expm1(mul(add(updates, 1), Math.log(beta))))
