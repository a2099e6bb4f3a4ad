import * as t from '#io-ts'
import { didYouMean } from './failures.ts'

/** One of these strings. */
export const oneOf = <K extends string>(...words: readonly K[]): t.Type<K, unknown> => {
  const is = (u: unknown): u is K => words.some((word) => word === u)
  const hint = (u: unknown) => `${typeof u === 'string' ? didYouMean(u, words) : ''}Use one of those.`
  return new t.Type(
    `one of ${words.join(', ')}`,
    is,
    (u, context) => (is(u) ? t.success(u) : t.failure(u, context, hint(u))),
    (a) => a,
  )
}
