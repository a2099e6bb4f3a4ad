import { inArithmetic, isElementwise } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { mapParts, subterms } from '../dsl/terms/termParts.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'

/**
 * Whether a term is a function of single numbers alone: of numbers, of variables, and of such terms. stopGradient is not:
 * what it hides from a derivative, a best reply can't be told from its value.
 */
export const isPointwise = (term: Term): boolean =>
  term.op === 'variable' || (term.op !== 'stopGradient' && isElementwise(term))

/** The first part that makes a term no function of variables alone, if any does. */
export const strayPart = (term: Term): Term | undefined => subterms(term).find((part) => !isPointwise(part))

/** Whether a term is made of numbers alone. */
export const isConstant = (term: Term): boolean =>
  subterms(term).every((part) => isPointwise(part) && part.op !== 'variable')

/** Writes a term's operations over nodes for whatever `leaf` knows; other parts must be pointwise. */
export const lowerPointwise = (b: Builder, root: Term, leaf: (term: Term) => NodeId | undefined): NodeId =>
  inArithmetic(b, root, leaf)

/** The same term with other terms in place of some. */
export const replace = (root: Term, by: (term: Term) => Term | undefined): Term => {
  const done = new Map<Term, Term>()
  const visit = (term: Term): Term => {
    const made = done.get(term) ?? by(term) ?? (isPointwise(term) ? mapParts(term, visit) : term)
    done.set(term, made)
    return made
  }
  return visit(root)
}
