import type { Term } from './term.ts'

/** A term that was decoded already, where a codec would look for one. */
export class Decoded {
  readonly term: Term
  constructor(term: Term) {
    this.term = term
  }
}

/** A term, or what is written as one: an object with an op. */
export const isTermLike = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'op')

type Path = readonly string[]
type Put = (part: object, path: Path) => unknown

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Decoded)

const inPlace = (value: unknown, path: Path, put: Put): unknown =>
  isTermLike(value) ? put(value, path) : mapTerms(value, put, path)

/** A value with others in the place of the outermost terms within it; itself it stays one. */
export const mapTerms = (value: unknown, put: Put, path: Path = []): unknown => {
  if (!isNested(value)) return value
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inPlace(item, [...path, name], put)]))
  return value.some(isNested) ? value.map((item, i) => inPlace(item, [...path, `${i}`], put)) : value
}

/** The outermost terms within a value, and the path to each. */
export const termsWithin = (value: unknown): readonly { readonly part: object; readonly path: Path }[] => {
  const found: { readonly part: object; readonly path: Path }[] = []
  mapTerms(value, (part, path) => found.push({ part, path }))
  return found
}
