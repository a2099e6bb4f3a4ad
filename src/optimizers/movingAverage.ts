import { add, expm1, mul, neg } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { updates } from '../dsl/terms/variables.ts'

/** beta * (the average before this update) + (1 - beta) * value, from 0, in the parameter's shape. */
export const movingAverage = (name: string, beta: number, value: Expr<'batch'>): Expr<'batch'> => {
  const next = (previous: Expr<'batch'>): Expr<'batch'> => add(mul(beta, previous), mul(1 - beta, value))
  return beta === 0 ? value : next(slot(name, { initial: 0 }, next))
}

/**
 * How much of a moving average that started from 0 is from values rather than from that start: 1 - beta^t, where this is
 * update t, from 1 (Kingma and Ba 2015, section 3). Written with expm1, it loses no digits where beta is near 1.
 */
export const filled = (beta: number): Expr<'batch'> | 1 =>
  beta === 0 ? 1 : neg(expm1(mul(add(updates, 1), Math.log(beta))))
