import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as t from '#io-ts'
import { count, finite, natural } from './numbers.ts'

/** The most wrong elements that are reported of one list: a file of numbers may be wrong throughout. */
const mostErrors = 100

type Check<A> = (element: unknown, context: t.Context, index: number) => t.Validation<A>

const listBy = <A>(item: t.Type<A, unknown>, name: string, check: Check<A>): t.Type<readonly A[], unknown> => {
  const validate = (u: unknown, context: t.Context): t.Validation<readonly A[]> => {
    if (!Array.isArray(u)) return t.failure(u, context)
    const errors: t.ValidationError[] = []
    const items: A[] = []
    for (let i = 0; i < u.length && errors.length < mostErrors; i++) {
      const result = check(u[i], context, i)
      if (E.isRight(result)) items.push(result.right)
      else for (const error of result.left) errors.push(error)
    }
    return errors.length > 0 ? t.failures(errors) : t.success(items)
  }
  const is = (u: unknown): u is readonly A[] => Array.isArray(u) && u.every(item.is)
  return new t.Type(name, is, validate, (a) => a.map(item.encode))
}

const checkAt =
  <A>(item: t.Type<A, unknown>): Check<A> =>
  (element, context, i) =>
    item.validate(element, t.appendContext(context, String(i), item, element))

/** A list of `item`. The name says of what. */
export const list = <A>(item: t.Type<A, unknown>, name: string): t.Type<readonly A[], unknown> =>
  listBy(item, name, checkAt(item))

/** A list of numbers. A spec may hold a hundred thousand, so the place of an element is computed only for a wrong one. */
const listOfNumbers = (item: t.Type<number, unknown>, name: string): t.Type<readonly number[], unknown> =>
  listBy(item, name, (element, context, i) => {
    const result = item.validate(element, context)
    return E.isRight(result) ? result : checkAt(item)(element, context, i)
  })

/** A list of at least one element. */
export const nonEmptyList = <A>(item: t.Type<A, unknown>, name: string): t.Type<readonly A[], unknown> => {
  const any = list(item, name)
  return new t.Type(
    name,
    (u): u is readonly A[] => any.is(u) && u.length > 0,
    (u, context) =>
      pipe(
        any.validate(u, context),
        E.flatMap((items) => (items.length > 0 ? t.success(items) : t.failure(u, context, 'Give at least one.'))),
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

export const shape = /* @__PURE__ */ listOfNumbers(count, 'a shape: a list of whole numbers above 0')
export const numbers = /* @__PURE__ */ listOfNumbers(finite, 'a list of finite numbers')
export const naturals = /* @__PURE__ */ listOfNumbers(natural, 'a list of whole numbers of at least 0')
