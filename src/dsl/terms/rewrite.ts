import type { Term } from './term.ts'
import { mapParts } from './termParts.ts'
import { termsDownTo } from './termsDownTo.ts'

/** A term rewritten from its leaves up: `f` sees each part with its own parts rewritten. What `f` makes is not seen again. */
export const rewrite = (root: Term, f: (term: Term) => Term): Term => rewriteDownTo(root, () => false, f)

/** The same, but that parts which satisfy `isLast` stay as they are. */
export const rewriteDownTo = (root: Term, isLast: (term: Term) => boolean, f: (term: Term) => Term): Term => {
  const done = new Map<Term, Term>()
  const made = (term: Term): Term => done.get(term) ?? term
  for (const term of termsDownTo(root, isLast)) done.set(term, isLast(term) ? term : f(mapParts(term, made)))
  return made(root)
}

/** A term with other terms in place of some variables. */
export const withVariables = (term: Term, values: { readonly [variable: string]: Term }): Term =>
  rewrite(term, (each) => (each.op === 'variable' && Object.hasOwn(values, each.name) && values[each.name]) || each)
