import { postOrder } from './postOrder.ts'
import type { Term } from './term.ts'
import { partsOf } from './termParts.ts'

/** All subterms, innermost first, but nothing inside those that satisfy `isLast`. */
export const termsDownTo = (term: Term, isLast: (term: Term) => boolean): readonly Term[] =>
  postOrder(term, (each) => (isLast(each) ? [] : Object.values(partsOf(each))))
