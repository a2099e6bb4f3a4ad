import { inArithmetic, isElementwise } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { mapParts, subterms } from '../dsl/terms/termParts.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'

/**
 * Whether a term only combines numbers and variables elementwise. A stopGradient is not pointwise: it changes the derivative, which
 * the value does not show.
 */
export const isPointwise = (term: Term): boolean =>
  term.op === 'variable' || (term.op !== 'stopGradient' && isElementwise(term))

/** The first subterm that is not pointwise, if any. */
export const strayPart = (term: Term): Term | undefined => subterms(term).find((part) => !isPointwise(part))

/** Whether a term consists of numbers only. */
export const isConstant = (term: Term): boolean =>
  subterms(term).every((part) => isPointwise(part) && part.op !== 'variable')

/** Lowers a term to nodes. `leaf` returns the nodes of subterms that it knows; all others must be pointwise. */
export const lowerPointwise = (b: Builder, root: Term, leaf: (term: Term) => NodeId | undefined): NodeId =>
  inArithmetic(b, root, leaf)

/** Replaces subterms: `by` returns the replacement, or `undefined` to keep one. */
export const replace = (root: Term, by: (term: Term) => Term | undefined): Term => {
  const done = new Map<Term, Term>()
  const visit = (term: Term): Term => {
    const made = done.get(term) ?? by(term) ?? (isPointwise(term) ? mapParts(term, visit) : term)
    done.set(term, made)
    return made
  }
  return visit(root)
}
