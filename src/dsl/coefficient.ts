import { mul } from './elementwise.ts'
import type { Expr } from './expression.ts'

/** How much something counts: a number, or a schedule, which is an expression of the step. */
export type Coefficient = number | Expr<'batch', [], never>

/** Half of it, as a number where it is one. */
export const half = (coefficient: Coefficient): Coefficient =>
  typeof coefficient === 'number' ? coefficient / 2 : mul(0.5, coefficient)
