import { choice } from '../codecs/choice.ts'
import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import { constantOf, describeRange, ranged } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'

/** A learning rate: a number, or an expression of `step` and `updates`. */
export type Rate = number | Term

export const rate = () => choice(`${describeRange('rate')}, or an expression`, constantOf('rate'), termCodec)

/** A learning rate as users give it: a number, or a schedule, which is an expression of `step` and `updates`. */
export type RateOption = number | Expr<'batch', [], 'variable updates'>

/** The rate as a spec stores it. `called` is the optimizer's name, for errors. */
export const toRate = (lr: RateOption, called = 'an optimizer'): Rate =>
  typeof lr === 'number' ? lr : toTerm(lr, called, 'lr')

/** The rate as an expression for an update. A rate that depends on state is checked during training. */
export const fromRate = (lr: Rate): RateOption => ranged('rate', typeof lr === 'number' ? lr : { term: lr })
