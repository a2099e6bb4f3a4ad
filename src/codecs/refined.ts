import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as t from '#io-ts'

/** The values of a type that pass a test. `name` says what is expected, `hint` what to do. */
export const refined = <A>(
  name: string,
  codec: t.Type<A, unknown>,
  accepts: (a: A) => boolean,
  hint: string,
): t.Type<A, unknown> =>
  new t.Type(
    name,
    (u): u is A => codec.is(u) && accepts(u),
    (u, context) =>
      pipe(
        codec.validate(u, context),
        E.flatMap((a) => (accepts(a) ? t.success(a) : t.failure(u, context, hint))),
      ),
    codec.encode,
  )
