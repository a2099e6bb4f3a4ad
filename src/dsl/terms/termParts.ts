import { keyOf } from '../../ir/key.ts'
import { recordOf } from '../../ir/recordOf.ts'
import type { PartField, PartsOf } from './definition.ts'
import { postOrder } from './postOrder.ts'
import { type Term, termOps, termTable } from './term.ts'

/** The fields of each kind of term that hold terms. */
const partFields = recordOf(termOps, (op) =>
  Object.entries(termTable[op].fields).flatMap(([name, field]): readonly (readonly [string, PartField])[] =>
    'holds' in field ? [[name, field]] : [],
  ),
)

/** The terms within a term, by the path of their field: `of`, `left`, `inputs.x`, `parts.0`. */
export const partsOf = (term: Term): { readonly [path: string]: Term } => {
  const parts: { [path: string]: Term } = {}
  for (const [name, field] of partFields[term.op]) {
    // A definition says which of its fields hold terms; TypeScript checks that where it is written.
    const value = Reflect.get(term, name)
    if (field.holds === 'a term') parts[name] = value
    else for (const [key, each] of Object.entries<Term>(value)) parts[`${name}.${key}`] = each
  }
  return parts
}

/** What `f` gives for each part of a term, in the fields of the parts. */
export const placeParts = <V>(term: Term, f: (part: Term, path: readonly string[]) => V): PartsOf<Term, V> => {
  const placed: { [field: string]: unknown } = {}
  for (const [name, { holds }] of partFields[term.op]) {
    const value = Reflect.get(term, name)
    if (holds === 'a term') placed[name] = f(value, [name])
    else if (holds === 'a list of terms') placed[name] = value.map((each: Term, i: number) => f(each, [name, `${i}`]))
    else
      placed[name] = Object.fromEntries(
        Object.entries<Term>(value).map(([key, each]) => [key, f(each, [name, ...key.split('.')])]),
      )
  }
  return placed
}

/** The same term with `f` of each of its parts in that part's place. */
export const mapParts = (term: Term, f: (part: Term) => Term): Term =>
  partFields[term.op].length === 0 ? term : { ...term, ...placeParts(term, f) }

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
