import { postOrder } from './postOrder.ts'
import type { Term } from './term.ts'
import { partsOf } from './termParts.ts'

/** The terms in a term, parts before what they are part of, but nothing within those that satisfy `isLast`. */
export const termsDownTo = (term: Term, isLast: (term: Term) => boolean): readonly Term[] =>
  postOrder(term, (each) => (isLast(each) ? [] : Object.values(partsOf(each))))
