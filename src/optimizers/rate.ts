import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import type { Rate } from './optimizer.ts'

/** A learning rate as a user gives it: a number, or an expression of `step` and `updates`, which is a schedule. */
export type RateOption = number | Expr<'batch', [], 'variable updates'>

/** As it is stored; `called` is the optimizer that was given it. */
export const toRate = (lr: RateOption, called = 'an optimizer'): Rate =>
  typeof lr === 'number' ? lr : toTerm(lr, called, 'lr')

/** A rate as an update uses it: one that depends on state is checked while the game runs. */
export const fromRate = (lr: Rate): RateOption => ranged('rate', typeof lr === 'number' ? lr : { term: lr })
