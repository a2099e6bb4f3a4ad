import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Shape } from '../ir/program.ts'
import type { Optimizer, OptimizerOf } from './optimizer.ts'

type Variables = `variable ${'parameter' | 'gradient' | 'updates'}`

/**
 * One's own: a parameter's new value as an expression of `parameter`, `gradient` and `updates`, for every parameter alike.
 * Memory is a `slot` without a shape, which has the parameter's.
 *
 * @example optimizer(sub(parameter, mul(0.01, sign(gradient))))
 */
export const optimizer = (update: Expr<'batch', Shape, Variables>): Optimizer => ({
  type: 'custom',
  update: toTerm(update, 'optimizer', 'update'),
})

export const customUpdate = ({ update }: OptimizerOf<'custom'>): Term => update
