import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { didYouMean, failureAt, isObject, missing } from './failures.ts'

/** The members of a union whose tag may be `K`. */
export type Member<U, Tag extends keyof U, K> = U extends { readonly [T in Tag]: infer O }
  ? K extends O
    ? U
    : never
  : never

/** A codec for each value of the tag. */
export type Rows<U extends { readonly [T in Tag]: string }, Tag extends keyof U> = {
  readonly [K in U[Tag]]: t.Type<Member<U, Tag, K>, unknown>
}

/**
 * A union discriminated by its tag, with a codec for each value of the tag. Reports only the errors of the member that the tag
 * names. `name` is, for example, `a layer`.
 */
export const byTag = <U extends { readonly [T in Tag]: string }, Tag extends keyof U & string>(
  name: string,
  tag: Tag,
  rows: ReadonlyMap<string, t.Mixed>,
): t.Type<U, unknown> => {
  const known = [...rows.keys()].sort()
  const expected = `one of ${known.join(', ')}`

  const validate = (u: unknown, context: t.Context): t.Validation<U> => {
    if (!isObject(u)) return t.failure(u, context, `Give an object whose field ${tag} names its kind.`)
    const key: unknown = Object.hasOwn(u, tag) ? Reflect.get(u, tag) : undefined
    if (key === undefined) return missing(tag, expected, context)
    const row = typeof key === 'string' ? rows.get(key) : undefined
    if (row !== undefined) return row.validate(u, context)
    const meant = typeof key === 'string' ? didYouMean(key, known) : ''
    return failureAt(key, context, tag, expected, `${meant}Use one of those.`)
  }

  const is = (u: unknown): u is U => E.isRight(validate(u, []))
  return new t.Type(name, is, validate, (a) => rows.get(a[tag])?.encode(a))
}

/** `byTag` with a record of codecs. */
export const tagged = <U extends { readonly [T in Tag]: string }, Tag extends keyof U & string>(
  name: string,
  tag: Tag,
  rows: Rows<U, Tag>,
): t.Type<U, unknown> => byTag(name, tag, new Map<string, t.Mixed>(Object.entries(rows)))
