import type { Term } from './term.ts'
import { partsOf } from './termParts.ts'

/** The terms in a term, parts before what they are part of, but nothing within those that satisfy `isLast`. */
export const termsDownTo = (term: Term, isLast: (term: Term) => boolean): readonly Term[] => {
  const found = new Set<Term>()
  const visit = (each: Term): void => {
    if (found.has(each)) return
    if (!isLast(each)) for (const part of Object.values(partsOf(each))) visit(part)
    found.add(each)
  }
  visit(term)
  return [...found]
}
