import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as t from '#io-ts'
import { specErrors } from '../codecs/specErrors.ts'
import { malformed } from '../errors/malformed.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { showSpecErrors } from '../errors/specError.ts'
import { parseJson } from '../io/parseJson.ts'

/** Decodes a file's text as JSON with a codec. `path` and `hint` are for the error. */
export const decodeFile = <A>(
  codec: t.Type<A, unknown>,
  path: string,
  text: string,
  hint: string,
): E.Either<RunError, A> =>
  pipe(
    parseJson(text),
    E.flatMap((value) =>
      pipe(
        codec.decode(value),
        E.mapLeft((errors) => malformed(showSpecErrors(specErrors(errors)))),
      ),
    ),
    E.mapLeft(({ message }) => runError(path, message, hint)),
  )
