import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { list } from '../codecs/lists.ts'
import { struct } from '../codecs/struct.ts'
import { text as formula } from '../dsl/printing/text.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'

/** A field of a spec that changed: its path, what it was and what it is. One of the two is absent where the field was. */
export interface Change {
  readonly path: readonly string[]
  readonly before?: unknown
  readonly after?: unknown
}

export const changesCodec: t.Type<readonly Change[], unknown> = list(
  struct({ path: list(t.string, 'a list of names') }, { before: t.unknown, after: t.unknown }),
  'a list of changes',
)

type Fields = { readonly [key: string]: unknown }

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const sameKeys = (a: Fields, b: Fields): boolean => {
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return keys.length === others.length && keys.every((key, i) => key === others[i])
}

/** Whether two values are of one kind, so that their fields can be told apart: `op` and `type` say what a value is. */
const isOneKind = (a: Fields, b: Fields): boolean =>
  Array.isArray(a) === Array.isArray(b) && sameKeys(a, b) && a.op === b.op && a.type === b.type

/** Whether two values are whole specs, of which one may lack an optional field. */
const areSpecs = (a: Fields, b: Fields, path: readonly string[]): boolean =>
  path.length === 0 && [a, b].every((each) => 'players' in each && 'networks' in each)

const isEqual = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** What changed between two values of JSON, each change as deep as it can be told. */
export const changesBetween = (before: unknown, after: unknown, path: readonly string[] = []): readonly Change[] => {
  if (isEqual(before, after)) return []
  if (isFields(before) && isFields(after) && (isOneKind(before, after) || areSpecs(before, after, path)))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changesBetween(before[key], after[key], [...path, key]),
    )
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

/** A value with another one at a path. */
const withValueAt = (value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown => {
  if (key === undefined) return to
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (`${i}` === key ? withValueAt(item, rest, to) : item))
  if (!isFields(value)) return value
  if (Object.hasOwn(value, key) && to === undefined && rest.length === 0) return without(value, key)
  // A field that stands nowhere is added where it is the whole of what changed.
  return Object.hasOwn(value, key) || rest.length === 0 ? { ...value, [key]: withValueAt(value[key], rest, to) } : value
}

const without = (value: Fields, key: string): Fields =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))

export const applied = (value: unknown, changes: readonly Change[]): unknown =>
  changes.reduce((changed, { path, after }) => withValueAt(changed, path, after), value)

export const reverted = (value: unknown, changes: readonly Change[]): unknown =>
  changes.reduce((changed, { path, before }) => withValueAt(changed, path, before), value)

const longest = 60

/** A value in one line; an expression as its formula. */
const brief = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const term = termCodec.decode(value)
  const text = E.isRight(term) ? formula(term.right) : JSON.stringify(value)
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`
}

/** `optimizers.generator.lr was 0.001, now it is 0.0001` */
export const showChange = ({ path, before, after }: Change): string =>
  `${path.length === 0 ? 'the spec' : path.join('.')} was ${brief(before)}, now it is ${brief(after)}`
