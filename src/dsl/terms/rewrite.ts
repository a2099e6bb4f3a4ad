import type { Term } from './term.ts'
import { termsDownTo } from './termsDownTo.ts'

/** The same term with `f` of each of its parts in that part's place. */
export const mapParts = (term: Term, f: (part: Term) => Term): Term => {
  switch (term.op) {
    case 'number':
    case 'tensor':
    case 'variable':
    case 'step':
    case 'progress':
    case 'index':
    case 'sample':
    case 'noise':
    case 'given':
    case 'previous':
      return term
    case 'apply': {
      const inputs = Object.entries(term.inputs).map(([name, input]) => [name, f(input)] as const)
      return { ...term, inputs: Object.fromEntries(inputs) }
    }
    case 'slot':
      return { ...term, update: f(term.update) }
    case 'grad':
      return { ...term, of: f(term.of), by: f(term.by) }
    case 'select':
      return { ...term, condition: f(term.condition), chosen: f(term.chosen), otherwise: f(term.otherwise) }
    case 'concat':
      return { ...term, parts: term.parts.map(f) }
    case 'gather':
      return { ...term, table: f(term.table), indices: f(term.indices) }
    case 'scatter':
      return { ...term, updates: f(term.updates), indices: f(term.indices) }
    default:
      return 'of' in term ? { ...term, of: f(term.of) } : { ...term, left: f(term.left), right: f(term.right) }
  }
}

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
