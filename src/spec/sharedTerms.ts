import { isTermLike, mapTerms, termsWithin } from '../dsl/terms/mapTerms.ts'
import { postOrder } from '../dsl/terms/postOrder.ts'
import { counted } from '../ir/counted.ts'
import { at, present } from '../ir/present.ts'

/**
 * A repeated term with at least this many ops is written once. A smaller one is easier to read in place.
 */
const leastOps = 16

/** A value whose terms refer to terms of a table. Terms of the table refer to earlier ones. */
export interface Shared {
  readonly value: unknown
  readonly table: readonly unknown[]
}

interface Reference {
  readonly op: 'shared'
  readonly index: number
}

/** A distinct term, and the numbers of its subterms. */
interface Distinct {
  readonly term: object
  readonly parts: readonly number[]
}

/** Numbers the terms in a value, subterms first. Equal terms get the same number. */
const numberTerms = (value: unknown) => {
  const [numbers, byKey, distinct] = [new Map<object, number>(), new Map<string, number>(), [] as Distinct[]]
  const numberOf = (term: object): number => present(numbers.get(term), 'the number of a part')
  for (const term of postOrder(value, (each) => termsWithin(each).map(({ part }) => part))) {
    if (!isTermLike(term)) continue
    const key = JSON.stringify(mapTerms(term, (part) => [numberOf(part)]))
    const number = byKey.get(key) ?? distinct.length
    numbers.set(term, number)
    if (byKey.has(key)) continue
    byKey.set(key, number)
    distinct.push({ term, parts: termsWithin(term).map(({ part }) => numberOf(part)) })
  }
  return { numberOf, distinct }
}

/** Moves each larger term that is used more than once into a table. Equal values give equal results. */
export const share = (value: unknown): Shared => {
  const { numberOf, distinct } = numberTerms(value)
  const outermost = isTermLike(value) ? [value] : termsWithin(value).map(({ part }) => part)
  // How often each term occurs in other terms or in the value itself.
  const uses = counted([...distinct.flatMap(({ parts }) => parts), ...outermost.map(numberOf)])
  const table: unknown[] = []
  const written: { readonly json: unknown; readonly ops: number }[] = []
  for (const [number, { term, parts }] of distinct.entries()) {
    const json = mapTerms(term, (part) => at(written, numberOf(part)).json)
    const ops = parts.reduce((sum, part) => sum + at(written, part).ops, 1)
    const isShared = present(uses.get(number), 'a use of a term') > 1 && ops >= leastOps
    const reference: Reference = { op: 'shared', index: table.length }
    if (isShared) table.push(json)
    written.push(isShared ? { json: reference, ops: 1 } : { json, ops })
  }
  const write = (term: object): unknown => at(written, numberOf(term)).json
  return { value: isTermLike(value) ? write(value) : mapTerms(value, write), table }
}
