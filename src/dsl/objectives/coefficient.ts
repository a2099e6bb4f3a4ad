import { checkOptions, type OptionFields } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { mul } from '../terms/elementwise.ts'
import { checkOperands, type Expr, type Level } from '../terms/expression.ts'

/** How much something counts: a number, or a schedule, which is an expression of the step. */
export type Coefficient = number | Expr<'batch', [], never>

/**
 * Throws an `ArgumentError` unless the options are these and all that are given are coefficients, before a formula is written
 * with them.
 */
export const checkCoefficients = <T extends object>(
  called: string,
  options: unknown,
  fields: OptionFields<T>,
  call?: string,
): void => {
  checkOptions(called, options, fields, call)
  checkOperands(called, Object.fromEntries(Object.entries(Object(options)).filter(([, value]) => value !== undefined)))
}

/** What every penalty is given. */
export interface Weighted {
  readonly weight: Coefficient
}

/** Half of it, as a number where it is one. */
export const half = (coefficient: Coefficient): Coefficient =>
  typeof coefficient === 'number' ? coefficient / 2 : mul(0.5, coefficient)

/** So many times a value, without what is 1 times. */
export const times = <L extends Level, S extends Shape, U extends string>(
  coefficient: Coefficient,
  of: Expr<L, S, U>,
): Expr<L, S, U> => (coefficient === 1 ? of : { term: mul(coefficient, { term: of.term }).term })
