import * as t from '#io-ts'
import { nearest } from './nearest.ts'

/** Whether a value is an object, and neither an array nor null. */
export const isObject = (u: unknown): u is object => typeof u === 'object' && u !== null && !Array.isArray(u)

/** A type without values. It only carries an error; its name says what was expected. */
const nothing = (expected: string): t.Type<never, unknown> =>
  new t.Type(
    expected,
    (_): _ is never => false,
    (u, context) => t.failure(u, context),
    (a) => a,
  )

/** A failure at a place below the context. `specErrors` reads `expected` and `hint`. */
export const failureAt = (
  value: unknown,
  context: t.Context,
  name: string,
  expected: string,
  hint: string,
): t.Validation<never> => t.failure(value, t.appendContext(context, name, nothing(expected), value), hint)

export const missing = (name: string, expected: string, context: t.Context): t.Validation<never> =>
  failureAt(undefined, context, name, expected, 'Add this field.')

export const unknownField = (
  object: object,
  name: string,
  known: readonly string[],
  context: t.Context,
): t.Validation<never> => {
  const value: unknown = Reflect.get(object, name)
  const fields = known.length === 0 ? 'There are no fields here.' : `The fields are ${known.join(', ')}.`
  return failureAt(value, context, name, 'no field of this name', `${didYouMean(name, known)}${fields}`)
}

/** `Did you mean x? `, or an empty string if no name is close. */
export const didYouMean = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known)
  return near === undefined ? '' : `Did you mean ${near}? `
}
