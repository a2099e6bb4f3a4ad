import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { maxOf } from '../ir/numbers.ts'

const depth = (errors: t.Errors): number => maxOf(errors.map(({ context }) => context.length))

/** One of several types. If none fits, reports the errors of the type that got furthest, or one error with this name. */
export const choice = <A, B>(
  name: string,
  first: t.Type<A, unknown>,
  second: t.Type<B, unknown>,
): t.Type<A | B, unknown> => {
  const is = (u: unknown): u is A | B => first.is(u) || second.is(u)
  const validate = (u: unknown, context: t.Context): t.Validation<A | B> => {
    const a = first.validate(u, context)
    if (E.isRight(a)) return a
    const b = second.validate(u, context)
    if (E.isRight(b)) return b
    const farthest = depth(a.left) > depth(b.left) ? a : b
    return depth(farthest.left) > context.length ? farthest : t.failure(u, context)
  }
  return new t.Type(name, is, validate, (a) => (first.is(a) ? first.encode(a) : second.encode(a)))
}
