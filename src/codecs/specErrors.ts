import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { describeValue } from '../errors/describeValue.ts'
import { type SpecError, type SpecErrors, specError } from '../errors/specError.ts'

/** Whether a context entry is a place in the spec. io-ts also counts members of unions and intersections. */
const isPlace = (parent: t.ContextEntry | undefined): boolean =>
  parent !== undefined && !(parent.type instanceof t.UnionType) && !(parent.type instanceof t.IntersectionType)

const toSpecError = ({ context, value, message }: t.ValidationError): SpecError =>
  specError(
    context.flatMap(({ key }, i) => (isPlace(context[i - 1]) ? [key] : [])),
    {
      expected: context.at(-1)?.type.name ?? 'something else',
      found: describeValue(value),
      hint: message ?? 'Give what is expected.',
    },
  )

/** All mistakes that io-ts found. */
export const specErrors = (errors: t.Errors): SpecErrors => {
  const found = errors.map(toSpecError)
  return isNonEmpty(found) ? found : [specError([], { expected: 'a spec', found: 'another value', hint: '' })]
}

/** The mistakes that a codec finds in a value at a path. For parts of specs that were written in code and never decoded. */
export const errorsAt = <A>(codec: t.Type<A, unknown>, path: readonly string[], value: A): readonly SpecError[] => {
  const result = codec.decode(value)
  return E.isRight(result)
    ? []
    : specErrors(result.left).map(({ path: below, ...problem }) => ({ ...problem, path: [...path, ...below] }))
}
