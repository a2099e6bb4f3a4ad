import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { failureAt, isObject } from './failures.ts'

/** What a name may contain. */
export const nameHint =
  'Start with a letter. Continue with letters, digits, _, - or dots. Names of Object.prototype, such as toString, are reserved.'

/** Whether a spec may use this name. Names that every JavaScript object inherits are refused: a lookup would find them undeclared. */
export const isName = (name: string): boolean => /^\p{L}[\p{L}\p{M}\p{N}_.-]*$/u.test(name) && !(name in {})

export const name: t.Type<string, unknown> = /* @__PURE__ */ new t.Type(
  'a name',
  (u): u is string => typeof u === 'string' && isName(u),
  (u, context) => (typeof u === 'string' && isName(u) ? t.success(u) : t.failure(u, context, nameHint)),
  (a) => a,
)

/** An object whose keys are names and whose values all have one type. */
export const dictionary = <A>(
  item: t.Type<A, unknown>,
  description: string,
): t.Type<{ readonly [name: string]: A }, unknown> => {
  type D = { readonly [name: string]: A }

  const entry = ([key, value]: readonly [string, unknown], context: t.Context): t.Validation<readonly [string, A]> =>
    isName(key)
      ? E.map((decoded: A) => [key, decoded] as const)(item.validate(value, t.appendContext(context, key, item, value)))
      : failureAt(key, context, key, 'a key that is a name', nameHint)

  const validate = (u: unknown, context: t.Context): t.Validation<D> => {
    if (!isObject(u)) return t.failure(u, context)
    const results = Object.entries(u).map((pair) => entry(pair, context))
    const errors = results.flatMap((result) => (E.isLeft(result) ? result.left : []))
    return errors.length > 0
      ? t.failures(errors)
      : t.success(Object.fromEntries(results.flatMap((result) => (E.isRight(result) ? [result.right] : []))))
  }

  const is = (u: unknown): u is D => E.isRight(validate(u, []))
  const encode = (a: D) => Object.fromEntries(Object.entries(a).map(([key, value]) => [key, item.encode(value)]))
  return new t.Type(description, is, validate, encode)
}
