import type { Term } from './term.ts'
import { mapParts } from './termParts.ts'

/** A term rewritten from its leaves up: `f` sees each part with its own parts rewritten. What `f` makes is not seen again. */
export const rewrite = (root: Term, f: (term: Term) => Term): Term => rewriteDownTo(root, () => false, f)

/** The same, but that parts which satisfy `isLast` stay as they are. */
export const rewriteDownTo = (root: Term, isLast: (term: Term) => boolean, f: (term: Term) => Term): Term => {
  const done = new Map<Term, Term>()
  const visit = (term: Term): Term => {
    const made = done.get(term) ?? (isLast(term) ? term : f(mapParts(term, visit)))
    done.set(term, made)
    return made
  }
  return visit(root)
}

/** A term with other terms in place of some variables. */
export const withVariables = (term: Term, values: { readonly [variable: string]: Term }): Term =>
  rewrite(term, (each) => (each.op === 'variable' && Object.hasOwn(values, each.name) && values[each.name]) || each)
