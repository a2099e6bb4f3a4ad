import * as E from '#fp-ts/Either'
import { describeValue } from '../errors/describeValue.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'

/** The format number of specs that this version writes. It reads no other. */
export const specFormat = 1

/** Removes the format number from a spec; left if this version does not read that format. */
export const withoutFormat = (spec: object): E.Either<SpecErrors, object> => {
  const { format, ...rest } = { ...spec, format: Object.hasOwn(spec, 'format') ? Reflect.get(spec, 'format') : 0 }
  if (format === specFormat) return E.right(rest)
  const hint =
    format === 0
      ? `It has no field format, or comes from an early version. Write the spec again from its TypeScript. If you wrote it by hand, add "format": ${specFormat}.`
      : 'Read it with the version of saddlepoint that wrote it, or write it again from its TypeScript.'
  return E.left([
    specError(['format'], {
      expected: `format ${specFormat}, which this version of saddlepoint reads`,
      found: `format ${describeValue(format)}`,
      hint,
    }),
  ])
}
