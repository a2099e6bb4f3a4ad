import type { Arithmetic } from '../../ir/arithmetic.ts'
import { placeParts } from './placeParts.ts'
import { definitionOf, type Term } from './term.ts'

/**
 * Evaluates a term in an arithmetic, each subterm once. `leaf` returns the values of subterms that are not pointwise, or that it wants to
 * handle itself. `of` is the value of a subterm.
 */
export const inArithmetic = <N>(
  arithmetic: Arithmetic<N>,
  root: Term,
  leaf: (term: Term, of: (part: Term) => N) => N | undefined,
): N => {
  const done = new Map<Term, N>()
  const of = (term: Term): N => {
    const value = done.get(term) ?? leaf(term, of) ?? compute(term)
    done.set(term, value)
    return value
  }
  const compute = (term: Term): N => {
    const definition = definitionOf(term)
    if (definition.pointwise === undefined) throw new Error(`broken invariant: ${term.op} is not pointwise`)
    return definition.pointwise(term, arithmetic, placeParts(term, of))
  }
  return of(root)
}

/** Whether a term is an elementwise function of its subterms. */
export const isElementwise = (term: Term): boolean => definitionOf(term).pointwise !== undefined
