import { postOrder } from './postOrder.ts'
import { definitionOf, type Term } from './term.ts'
import { partsOf } from './termParts.ts'

/** Makes a function that returns a term's free names, on which its value depends. */
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

/** A cache of results per term and meaning of its free names. */
export interface Results<V> {
  /** The cached result of a term. `meaning` describes its free names as text. */
  readonly at: (term: Term, meaning: (name: string) => string, result: () => V) => V
}

/** A term inside several slots or kernels that reads none of them has one result. */
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
