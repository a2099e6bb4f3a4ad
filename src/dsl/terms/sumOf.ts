import type { Shape } from '../../ir/program.ts'
import type { IsUnion } from '../types/isUnion.ts'
import type { SameRank } from '../types/shape.ts'
import type { Expr, Level, Widest } from './expression.ts'
import type { Term } from './term.ts'
import { termsOf } from './termsOf.ts'

/** The shape that all of several shapes have, [] where there is none; what differs is left to the check of the spec. */
type Common<S extends Shape> = [S] extends [never] ? [] : IsUnion<S> extends true ? SameRank<S> : S

/** As a tree, whose depth grows with the logarithm of their number: a spec nests only so deep. */
const summed = (terms: readonly Term[]): Term => {
  const [first, ...others] = terms
  if (first === undefined) return { op: 'number', value: 0 }
  if (others.length === 0) return first
  const half = Math.ceil(terms.length / 2)
  return { op: 'add', left: summed(terms.slice(0, half)), right: summed(terms.slice(half)) }
}

/**
 * The sum of a list of expressions of one shape, 0 where it is empty.
 *
 * @example ops.sumOf([D(x), square(D(x)), abs(D(x))])
 */
export const sumOf = <L extends Level, S extends Shape, U extends string>(
  parts: readonly Expr<L, S, U>[],
): Expr<Widest<L>, Common<S>, U> => ({
  term: summed(termsOf('ops.sumOf', parts, 'Write ops.sumOf([E(D(x)), E(D(G(z)))]).')),
})
