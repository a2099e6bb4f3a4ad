import * as t from '#io-ts'
import { byTag, type Member } from './tagged.ts'

/**
 * A definition in the table of a kind has at least the codec of its data. It is a function, so that a bundle which only
 * constructs the data leaves the codecs out. The function receives the codec of the whole kind, for data that nests its own kind.
 */
export interface Coded<A, U = never> {
  readonly codec: (kind: t.Type<U, unknown>) => t.Type<A, unknown>
}

/** The data of all definitions in a table: a union, discriminated by the tag. */
export type DataOf<T> = { [K in keyof T]: T[K] extends Coded<infer A> ? A : never }[keyof T]

type Tagged<Tag extends string> = { readonly [T in Tag]: string }

/** A table with a definition for each member of the union. The key is the member's tag. */
type Table<U extends Tagged<Tag>, Tag extends string> = { readonly [K in U[Tag]]: Coded<Member<U, Tag, K>, U> }

/** What is derived from the table of a kind. */
export interface Kind<U, Lookup, Name extends string> {
  readonly codec: t.Type<U, unknown>
  /** The definition of data, by its tag. */
  readonly definitionOf: Lookup
  /** In alphabetical order. */
  readonly names: readonly Name[]
}

/**
 * Derives a kind from the table of its definitions, keyed by the tag of their data. `Lookup` is the type of `definitionOf`, from
 * data to its definition. `name` is, for example, `a layer`.
 *
 * @example const layers = kind<Layer, <L extends Layer>(layer: L) => LayerDefinition<L>>('a layer', 'type', table)
 */
export const kind = <U extends Tagged<Tag>, Lookup extends (data: U) => unknown, Tag extends string = 'type'>(
  name: string,
  tag: Tag,
  table: Table<U, Tag>,
): Kind<U, Lookup, U[Tag]> => {
  const rows: { readonly [name: string]: { readonly codec: (kind: t.Type<U, unknown>) => t.Mixed } } = table
  const names = Object.keys(table).sort()
  const codec = t.recursion<U, unknown>(name, (itself) =>
    byTag(name, tag, new Map(Object.entries(rows).map(([key, row]) => [key, row.codec(itself)]))),
  )
  const definitionOf = (data: U): unknown => rows[data[tag]]
  // TypeScript can't see that the data with a tag and the definition at that key belong together.
  return { codec, names, definitionOf } as unknown as Kind<U, Lookup, U[Tag]>
}
