import { keyOf } from '../../ir/key.ts'
import { postOrder } from './postOrder.ts'
import type { Term } from './term.ts'

const isTerm = (value: unknown): value is Term => typeof value === 'object' && value !== null && 'op' in value

/**
 * The terms that a field of a term holds, by their keys: a list of them, or one for each name; undefined where it holds a
 * term itself, or none. What is in a list or a record is all of one kind.
 */
const within = (value: unknown): readonly (readonly [key: string, part: Term])[] | undefined => {
  if (typeof value !== 'object' || value === null || isTerm(value)) return undefined
  const [first] = Array.isArray(value) ? value : Object.values(value)
  return isTerm(first) ? Object.entries<Term>(Object(value)) : undefined
}

/**
 * The subterms of a term, by the path of their field: `of`, `left`, `inputs.x`, `parts.0`. Found by their form, so no definitions are
 * needed.
 */
export const partsOf = (term: Term): { readonly [path: string]: Term } => {
  const parts: { [path: string]: Term } = {}
  for (const [name, value] of Object.entries(term))
    if (isTerm(value)) parts[name] = value
    else {
      const several = within(value)
      if (several !== undefined) for (const [key, part] of several) parts[`${name}.${key}`] = part
    }
  return parts
}

/** The same term with each subterm mapped by `f`. */
export const mapParts = (term: Term, f: (part: Term) => Term): Term => {
  const changed: { [field: string]: unknown } = {}
  for (const [name, value] of Object.entries(term)) {
    if (isTerm(value)) changed[name] = f(value)
    const parts = within(value)
    if (parts === undefined) continue
    changed[name] = Array.isArray(value)
      ? parts.map(([, part]) => f(part))
      : Object.fromEntries(parts.map(([key, part]) => [key, f(part)]))
  }
  return Object.keys(changed).length === 0 ? term : { ...term, ...changed }
}

/** All subterms of a term, itself last. Visits a shared object once. */
export const subterms = (term: Term): readonly Term[] => postOrder(term, (each) => Object.values(partsOf(each)))

declare const termId: unique symbol
/** Equal for structurally equal terms of one `identify`. */
export type TermId = number & { readonly [termId]: true }

/** Makes a function that maps structurally equal terms to one number. */
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
