import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { isObject, missing, unknownField } from './failures.ts'

type Flat<A> = { readonly [K in keyof A]: A[K] }

/** What a struct decodes to: all required fields, and optional fields that may be absent but are never undefined. */
type Struct<P extends t.Props, Q extends t.Props> = Flat<
  { readonly [K in keyof P]: t.TypeOf<P[K]> } & { readonly [K in keyof Q]?: t.TypeOf<Q[K]> }
>

/**
 * An object with exactly these fields. Unlike io-ts's `type` and `partial`, it refuses unknown fields, distinguishes absent
 * fields from undefined ones, and reads only own properties.
 */
export const struct = <P extends t.Props, Q extends t.Props = Record<never, never>>(
  required: P,
  ...[optional]: [optional?: Q]
): t.Type<Struct<P, Q>, unknown> => {
  type A = Struct<P, Q>
  const codecs: t.Props = { ...required, ...optional }
  const names = Object.keys(codecs)

  const field = (
    u: object,
    name: string,
    context: t.Context,
  ): t.Validation<readonly (readonly [string, unknown])[]> => {
    const codec = Object.hasOwn(codecs, name) ? codecs[name] : undefined
    if (codec === undefined) return unknownField(u, name, names, context)
    const value: unknown = Object.hasOwn(u, name) ? Reflect.get(u, name) : undefined
    if (value === undefined) return Object.hasOwn(required, name) ? missing(name, codec.name, context) : t.success([])
    return E.map((decoded: unknown) => [[name, decoded] as const])(
      codec.validate(value, t.appendContext(context, name, codec, value)),
    )
  }

  const validate = (u: unknown, context: t.Context): t.Validation<A> => {
    if (!isObject(u)) return t.failure(u, context)
    const given = Object.keys(u).filter((name) => !Object.hasOwn(codecs, name))
    const results = [...names, ...given].map((name) => field(u, name, context))
    const errors = results.flatMap((result) => (E.isLeft(result) ? result.left : []))
    if (errors.length > 0) return t.failures(errors)
    // Every required field was just validated by its own codec.
    return t.success(Object.fromEntries(results.flatMap((result) => (E.isRight(result) ? result.right : []))) as A)
  }

  const encode = (a: A): unknown =>
    Object.fromEntries(
      Object.entries(codecs).flatMap(([name, codec]) => {
        const value: unknown = Reflect.get(a, name)
        return value === undefined ? [] : [[name, codec.encode(value)]]
      }),
    )

  const is = (u: unknown): u is A => E.isRight(validate(u, []))
  return new t.Type('an object', is, validate, encode)
}
