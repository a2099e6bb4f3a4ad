import type { Term } from './term.ts'
import { mapParts } from './termParts.ts'
import { termsDownTo } from './termsDownTo.ts'

/** Rewrites a term bottom-up. `f` receives each subterm with its own subterms rewritten. The result of `f` is not rewritten again. */
export const rewrite = (root: Term, f: (term: Term) => Term): Term => rewriteDownTo(root, () => false, f)

/** The same, but leaves subterms that satisfy `isLast` unchanged. */
export const rewriteDownTo = (root: Term, isLast: (term: Term) => boolean, f: (term: Term) => Term): Term => {
  const done = new Map<Term, Term>()
  const made = (term: Term): Term => done.get(term) ?? term
  for (const term of termsDownTo(root, isLast)) done.set(term, isLast(term) ? term : f(mapParts(term, made)))
  return made(root)
}

/** Replaces variables in a term. */
export const withVariables = (term: Term, values: { readonly [variable: string]: Term }): Term =>
  rewrite(term, (each) => (each.op === 'variable' && Object.hasOwn(values, each.name) && values[each.name]) || each)
