import type { Expr } from '../dsl/expression.ts'
import type { Rate } from '../dsl/optimizer.ts'

/** A learning rate as a user gives it: a number, or an expression of `step` and `updates`, which is a schedule. */
export type RateOption = number | Expr<'batch', [], 'variable updates'>

export const toRate = (lr: RateOption): Rate => (typeof lr === 'number' ? lr : lr.term)

export const fromRate = (lr: Rate): RateOption => (typeof lr === 'number' ? lr : { term: lr })
