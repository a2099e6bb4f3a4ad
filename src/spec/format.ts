import * as E from '#fp-ts/Either'
import { describeValue } from '../errors/describeValue.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'

/** The number of the form in which this version writes specs, and which alone it reads. */
export const specFormat = 1

/** A spec without the number of its format, where it is one that this version reads. */
export const withoutFormat = (spec: object): E.Either<SpecErrors, object> => {
  const { format, ...rest } = { ...spec, format: Object.hasOwn(spec, 'format') ? Reflect.get(spec, 'format') : 0 }
  if (format === specFormat) return E.right(rest)
  const hint =
    format === 0
      ? `It has no field format, or is of an early version. Write the spec anew from its TypeScript; where you wrote it by hand, add "format": ${specFormat}.`
      : 'Read it with the version of saddlepoint that wrote it, or write it anew from its TypeScript.'
  return E.left([
    specError(['format'], {
      expected: `format ${specFormat}, which this version of saddlepoint reads`,
      found: `format ${describeValue(format)}`,
      hint,
    }),
  ])
}
