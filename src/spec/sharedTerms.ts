import { isTermLike, mapTerms, termsWithin } from '../dsl/terms/mapTerms.ts'
import { postOrder } from '../dsl/terms/postOrder.ts'
import { counted } from '../ir/counted.ts'
import { at, present } from '../ir/present.ts'

/**
 * A term that occurs twice is written once where it has at least so many ops as it is written: a smaller one is easier to read
 * where it stands.
 */
const leastOps = 16

/** A value whose terms refer to terms of a table, which refer to earlier ones of it. */
export interface Shared {
  readonly value: unknown
  readonly table: readonly unknown[]
}

interface Reference {
  readonly op: 'shared'
  readonly index: number
}

/** One of the terms that differ from one another, and the numbers of its parts. */
interface Distinct {
  readonly term: object
  readonly parts: readonly number[]
}

/** Numbers the terms in a value, parts first. Equal ones have one number. */
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

/** Writes each term of a value that is used twice, and is not small, into a table. Equal values are written alike. */
export const share = (value: unknown): Shared => {
  const { numberOf, distinct } = numberTerms(value)
  const outermost = isTermLike(value) ? [value] : termsWithin(value).map(({ part }) => part)
  // How often each of the terms stands in another, or in the value itself.
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
