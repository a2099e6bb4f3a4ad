import { choice } from '../codecs/choice.ts'
import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import { constantOf, describeRange, ranged } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'

/** A learning rate: a number, or an expression of `step` and `updates`. */
export type Rate = number | Term

export const rate = () => choice(`${describeRange('rate')}, or an expression`, constantOf('rate'), termCodec)

/** A learning rate as a user gives it: a number, or an expression of `step` and `updates`, which is a schedule. */
export type RateOption = number | Expr<'batch', [], 'variable updates'>

/** As it is stored; `called` is the optimizer that was given it. */
export const toRate = (lr: RateOption, called = 'an optimizer'): Rate =>
  typeof lr === 'number' ? lr : toTerm(lr, called, 'lr')

/** A rate as an update uses it: one that depends on state is checked while the game runs. */
export const fromRate = (lr: Rate): RateOption => ranged('rate', typeof lr === 'number' ? lr : { term: lr })
