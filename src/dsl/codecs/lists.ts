import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as t from '#io-ts'
import { count, finite, integer, natural } from './numbers.ts'

/** A list of anything; the name says of what. */
export const list = <A>(item: t.Type<A, unknown>, name: string): t.Type<readonly A[], unknown> => {
  const array = t.readonlyArray(item, name)
  return new t.Type(name, array.is, array.validate, (a) => a.map(item.encode))
}

/** A list of one element at least. */
export const nonEmptyList = <A>(item: t.Type<A, unknown>, name: string): t.Type<readonly A[], unknown> => {
  const any = list(item, name)
  return new t.Type(
    name,
    (u): u is readonly A[] => any.is(u) && u.length > 0,
    (u, context) =>
      pipe(
        any.validate(u, context),
        E.flatMap((items) => (items.length > 0 ? t.success(items) : t.failure(u, context, 'Give one at least.'))),
      ),
    any.encode,
  )
}

export const pair = <A>(item: t.Type<A, unknown>, name: string): t.Type<readonly [A, A], unknown> => {
  const tuple = t.readonly(t.tuple([item, item]), name)
  return new t.Type(
    name,
    tuple.is,
    (u, context) => (Array.isArray(u) && u.length === 2 ? tuple.validate(u, context) : t.failure(u, context)),
    tuple.encode,
  )
}

export const shape = list(count, 'a shape: a list of whole numbers above 0')
export const numbers = list(finite, 'a list of finite numbers')
export const integers = list(integer, 'a list of whole numbers')
export const naturals = list(natural, 'a list of whole numbers of at least 0')
