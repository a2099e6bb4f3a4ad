import type { Arithmetic } from '../../ir/arithmetic.ts'
import { placeParts } from './placeParts.ts'
import { definitionOf, type Term } from './term.ts'

/**
 * The value of a term in an arithmetic, each part once. `leaf` knows the values of what is not pointwise, and of what it
 * would rather know itself; `of` is the value of a part.
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

/** Whether a term's value is a function of those of its parts, element by element. */
export const isElementwise = (term: Term): boolean => definitionOf(term).pointwise !== undefined
