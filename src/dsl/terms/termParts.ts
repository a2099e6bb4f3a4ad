import { keyOf } from '../../ir/key.ts'
import { postOrder } from './postOrder.ts'
import type { Term } from './term.ts'

/** The terms within a term, by the path of their field: `of`, `left`, `inputs.x`, `parts.0`. */
export const partsOf = (term: Term): { readonly [path: string]: Term } => {
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
      return {}
    case 'apply':
      return Object.fromEntries(Object.entries(term.inputs).map(([name, input]) => [`inputs.${name}`, input]))
    case 'slot':
      return { update: term.update }
    case 'grad':
      return { of: term.of, by: term.by }
    case 'select':
      return { condition: term.condition, chosen: term.chosen, otherwise: term.otherwise }
    case 'concat':
      return Object.fromEntries(term.parts.map((part, i) => [`parts.${i}`, part]))
    case 'gather':
      return { table: term.table, indices: term.indices }
    case 'scatter':
      return { updates: term.updates, indices: term.indices }
    default:
      return 'of' in term ? { of: term.of } : { left: term.left, right: term.right }
  }
}

/** Every term in a term, itself last. One that occurs twice as the same object is visited once. */
export const subterms = (term: Term): readonly Term[] => postOrder(term, (each) => Object.values(partsOf(each)))

declare const termId: unique symbol
/** Equal for structurally equal terms of one `identify`. */
export type TermId = number & { readonly [termId]: true }

/** A function that gives structurally equal terms one number. */
export const identifier = (): ((term: Term) => TermId) => {
  const byObject = new Map<Term, TermId>()
  const byKey = new Map<string, TermId>()
  const identifyOne = (term: Term): void => {
    const parts = Object.entries(partsOf(term)).map(([path, part]) => `${path}:${byObject.get(part)}`)
    const key = `${parts.sort().join(' ')} ${ownKey(term)}`
    const id = byKey.get(key) ?? (byKey.size as TermId)
    byKey.set(key, id)
    byObject.set(term, id)
  }
  const unknownParts = (term: Term): Iterable<Term> =>
    Object.values(partsOf(term)).filter((part) => !byObject.has(part))
  const identify = (term: Term): TermId => {
    const id = byObject.get(term)
    if (id !== undefined) return id
    for (const each of postOrder(term, unknownParts)) identifyOne(each)
    return identify(term)
  }
  return identify
}

/** A term's own fields, without its parts. */
const ownKey = (term: Term): string => {
  const fields = new Set(Object.keys(partsOf(term)).map((path) => path.split('.')[0]))
  return keyOf(
    Object.entries(term)
      .filter(([field]) => !fields.has(field))
      .sort(),
  )
}
