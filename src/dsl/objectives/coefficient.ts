import { checkOptions, type OptionFields } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { mul } from '../terms/elementwise.ts'
import { checkOperands, type Expr, type Level } from '../terms/expression.ts'

/** A coefficient: a number, or a schedule, which is an expression of the step. */
export type Coefficient = number | Expr<'batch', [], never>

/**
 * Throws an `ArgumentError` unless these are the known options and all given ones are coefficients. Call it before using them in a
 * formula.
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

/** The options of every penalty. */
export interface Weighted {
  readonly weight: Coefficient
}

/** Half of a coefficient. A number stays a number. */
export const half = (coefficient: Coefficient): Coefficient =>
  typeof coefficient === 'number' ? coefficient / 2 : mul(0.5, coefficient)

/** coefficient · value. Omits a coefficient of 1. */
export const times = <L extends Level, S extends Shape, U extends string>(
  coefficient: Coefficient,
  of: Expr<L, S, U>,
): Expr<L, S, U> => (coefficient === 1 ? of : { term: mul(coefficient, { term: of.term }).term })
