import type { Term } from '../dsl/terms/term.ts'
import { partsOf, subterms } from '../dsl/terms/termParts.ts'
import type { Builder } from '../ir/builder.ts'
import type { BinaryOp, UnaryOp } from '../ir/ops/elementwise.ts'
import { binaryOps, unaryOps } from '../ir/ops/elementwise.ts'
import type { NodeId } from '../ir/program.ts'

/** A term that is a function of single numbers alone: of numbers, of variables, and of such terms. */
type Pointwise = Extract<
  Term,
  { readonly op: 'number' | 'variable' | 'square' | 'stopGradient' | 'select' | UnaryOp | BinaryOp }
>

/** stopGradient is not among them: what it hides from a derivative, a best reply can't be told from its value. */
const known: ReadonlySet<string> = new Set([
  'number',
  'variable',
  'square',
  'select',
  ...Object.keys({ ...unaryOps, ...binaryOps }),
])

export const isPointwise = (term: Term): term is Pointwise => known.has(term.op)

/** The first part that makes a term no function of variables alone, if any does. */
export const strayPart = (term: Term): Term | undefined => subterms(term).find((part) => !isPointwise(part))

/** Whether a term is made of numbers alone. */
export const isConstant = (term: Term): boolean =>
  subterms(term).every((part) => isPointwise(part) && part.op !== 'variable')

/** Writes a term's operations over nodes for whatever `leaf` knows; other parts must be pointwise. */
export const lowerPointwise = (b: Builder, root: Term, leaf: (term: Term) => NodeId | undefined): NodeId => {
  const done = new Map<Term, NodeId>()
  const lower = (term: Term): NodeId => {
    const node = done.get(term) ?? leaf(term) ?? write(term)
    done.set(term, node)
    return node
  }
  const write = (term: Term): NodeId => {
    if (!isPointwise(term) || term.op === 'variable') throw new Error(`broken invariant: ${term.op} is not pointwise`)
    if (term.op === 'number') return b.number(term.value)
    if (term.op === 'select') return b.select(lower(term.condition), lower(term.chosen), lower(term.otherwise))
    return 'of' in term ? b[term.op](lower(term.of)) : b[term.op](lower(term.left), lower(term.right))
  }
  return lower(root)
}

/** The same term with other terms in place of some. */
export const replace = (root: Term, by: (term: Term) => Term | undefined): Term => {
  const done = new Map<Term, Term>()
  const visit = (term: Term): Term => {
    const made = done.get(term) ?? by(term) ?? rebuild(term)
    done.set(term, made)
    return made
  }
  const rebuild = (term: Term): Term => {
    if (!isPointwise(term) || Object.keys(partsOf(term)).length === 0) return term
    if (term.op === 'select')
      return {
        op: term.op,
        condition: visit(term.condition),
        chosen: visit(term.chosen),
        otherwise: visit(term.otherwise),
      }
    if ('of' in term) return { op: term.op, of: visit(term.of) }
    return 'left' in term ? { op: term.op, left: visit(term.left), right: visit(term.right) } : term
  }
  return visit(root)
}
