import { postOrder } from './postOrder.ts'
import { definitionOf, type Term } from './term.ts'
import { partsOf } from './termParts.ts'

/** A function that tells which names are bound outside a term: all that its value depends on where it stands. */
export const freeNames = (): ((term: Term) => ReadonlySet<string>) => {
  const known = new Map<Term, ReadonlySet<string>>()
  const partsLeft = (term: Term): readonly Term[] => Object.values(partsOf(term)).filter((part) => !known.has(part))
  const find = (term: Term): ReadonlySet<string> => {
    const definition = definitionOf(term)
    const own = definition.reads?.(term)
    const bound = definition.binds?.(term)
    const within = Object.values(partsOf(term)).flatMap((part) => [...freeOf(part)])
    return new Set([...(own === undefined ? [] : [own]), ...within.filter((name) => name !== bound)])
  }
  const freeOf = (term: Term): ReadonlySet<string> => {
    const found = known.get(term)
    if (found !== undefined) return found
    for (const each of postOrder(term, partsLeft)) known.set(each, find(each))
    return freeOf(term)
  }
  return freeOf
}

/** Results of terms, each kept for what the free names of its term stand for. */
export interface Results<V> {
  /** The result of a term where its free names stand for what `meaning` tells as text. */
  readonly at: (term: Term, meaning: (name: string) => string, result: () => V) => V
}

/** A term that stands within several slots or kernels, and reads none of them, has one result. */
export const resultsByMeaning = <V>(freeOf = freeNames()): Results<V> => {
  const known = new Map<Term, Map<string, { readonly result: V }>>()
  return {
    at: (term, meaning, result) => {
      const key = [...freeOf(term)].map((name) => `${name}: ${meaning(name)}`).join()
      const results = known.get(term) ?? new Map<string, { readonly result: V }>()
      known.set(term, results)
      const found = results.get(key) ?? { result: result() }
      results.set(key, found)
      return found.result
    },
  }
}
