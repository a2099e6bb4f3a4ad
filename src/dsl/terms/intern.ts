import { isTermLike, mapTerms } from './mapTerms.ts'
import { rewrite } from './rewrite.ts'
import type { Term } from './term.ts'
import { identifier, type TermId } from './termParts.ts'

/** Makes a function that maps structurally equal terms, and their subterms, to one object. */
const interner = (): ((root: Term) => Term) => {
  const identify = identifier()
  const kept = new Map<TermId, Term>()
  return (root) =>
    rewrite(root, (term) => {
      const id = identify(term)
      const one = kept.get(id) ?? term
      kept.set(id, one)
      return one
    })
}

const isTerm = (value: object): value is Term => isTermLike(value)

/** The same value, but with one object for equal terms. */
export const withOneOfEach = <A>(value: A): A => {
  const intern = interner()
  // Replace each term by the first equal one.
  return mapTerms(value, (term) => (isTerm(term) ? intern(term) : term)) as A
}
