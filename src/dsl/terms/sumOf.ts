import type { Shape } from '../../ir/program.ts'
import type { IsUnion } from '../types/isUnion.ts'
import type { SameRank } from '../types/shape.ts'
import type { Expr, Level, Widest } from './expression.ts'
import type { Term } from './term.ts'
import { termsOf } from './termsOf.ts'

/** The common shape of several expressions; [] for none. The check of the spec reports different shapes. */
type Common<S extends Shape> = [S] extends [never] ? [] : IsUnion<S> extends true ? SameRank<S> : S

/** Sums as a balanced tree, because the nesting of a spec is limited. */
const summed = (terms: readonly Term[]): Term => {
  const [first, ...others] = terms
  if (first === undefined) return { op: 'number', value: 0 }
  if (others.length === 0) return first
  const half = Math.ceil(terms.length / 2)
  return { op: 'add', left: summed(terms.slice(0, half)), right: summed(terms.slice(half)) }
}

/**
 * The sum of a list of expressions of the same shape; 0 for an empty list.
 *
 * @example ops.sumOf([D(x), square(D(x)), abs(D(x))])
 */
export const sumOf = <L extends Level, S extends Shape, U extends string>(
  parts: readonly Expr<L, S, U>[],
): Expr<Widest<L>, Common<S>, U> => ({
  term: summed(termsOf('ops.sumOf', parts, 'Write ops.sumOf([E(D(x)), E(D(G(z)))]).')),
})
