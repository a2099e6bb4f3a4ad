import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { list } from '../codecs/lists.ts'
import { struct } from '../codecs/struct.ts'
import { text as formula } from '../dsl/printing/text.ts'
import { isTermLike } from '../dsl/terms/mapTerms.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'
import { share } from '../spec/sharedTerms.ts'
import { sharedValue } from '../spec/sharedValue.ts'

/** A changed field of a spec: its path, its old and its new value. One of the two is absent if the field was added or removed. */
export interface Change {
  readonly path: readonly string[]
  readonly before?: unknown
  readonly after?: unknown
}

export const changesCodec: t.Type<readonly Change[], unknown> = list(
  struct({ path: list(t.string, 'a list of names') }, { before: sharedValue, after: sharedValue }),
  'a list of changes',
)

type Fields = { readonly [key: string]: unknown }

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const sameKeys = (a: Fields, b: Fields): boolean => {
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every((key, i) => key === others[i])
}

/** Whether two values are of the same kind, by `op` or `type`, so that their fields can be compared. */
const isOneKind = (a: Fields, b: Fields): boolean =>
  Array.isArray(a) === Array.isArray(b) && sameKeys(a, b) && a.op === b.op && a.type === b.type

/** Whether two values are whole specs. One may lack an optional field. */
const areSpecs = (a: Fields, b: Fields, path: readonly string[]): boolean =>
  path.length === 0 && [a, b].every((each) => 'players' in each && 'networks' in each)

/** A formula that changes in more places than this is reported as a whole. A shared number may occur in very many places. */
const mostPlaces = 100

/** Makes a function that counts the places where two values differ. */
const placesOfChange = () => {
  const known = new Map<object, Map<unknown, number>>()
  const count = (before: unknown, after: unknown): number => {
    if (before === after) return 0
    if (!isFields(before) || !isFields(after) || !isOneKind(before, after)) return 1
    const counts = known.get(before) ?? new Map<unknown, number>()
    known.set(before, counts)
    const places =
      counts.get(after) ?? Object.keys(before).reduce((sum, key) => sum + count(before[key], after[key]), 0)
    counts.set(after, places)
    return places
  }
  return count
}

/** The changes between two JSON values, each as deep as possible. */
export const changesBetween = (before: unknown, after: unknown): readonly Change[] => {
  const count = placesOfChange()
  const within = (was: unknown, is: unknown, path: readonly string[]): readonly Change[] => {
    const places = count(was, is)
    if (places === 0) return []
    const isWhole = places > mostPlaces && isFields(was) && isTermLike(was)
    const isTaken = (a: Fields, b: Fields): boolean => isOneKind(a, b) || areSpecs(a, b, path)
    if (isFields(was) && isFields(is) && isTaken(was, is) && !isWhole)
      return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
        within(was[key], is[key], [...path, key]),
      )
    return [{ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }]
  }
  return within(before, after, [])
}

/** Replaces the value at a path. */
const withValueAt = (value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown => {
  if (key === undefined) return to
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (`${i}` === key ? withValueAt(item, rest, to) : item))
  if (!isFields(value)) return value
  if (Object.hasOwn(value, key) && to === undefined && rest.length === 0) return without(value, key)
  // Adds a missing field only if it is the last of the path.
  return Object.hasOwn(value, key) || rest.length === 0 ? { ...value, [key]: withValueAt(value[key], rest, to) } : value
}

const without = (value: Fields, key: string): Fields =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))

export const applied = (value: unknown, changes: readonly Change[]): unknown =>
  changes.reduce((changed, { path, after }) => withValueAt(changed, path, after), value)

export const reverted = (value: unknown, changes: readonly Change[]): unknown =>
  changes.reduce((changed, { path, before }) => withValueAt(changed, path, before), value)

const longest = 60

/** A value in one line. An expression is shown as a formula. */
const brief = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const term = termCodec.decode(value)
  const text = E.isRight(term) ? formula(term.right) : JSON.stringify(share(value).value)
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`
}

/** `optimizers.generator.lr was 0.001, now it is 0.0001` */
export const showChange = ({ path, before, after }: Change): string =>
  `${path.length === 0 ? 'the spec' : path.join('.')} was ${brief(before)}, now it is ${brief(after)}`
