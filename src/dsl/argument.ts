import { didYouMean, isObject } from './codecs/failures.ts'
import { describeValue } from './describeValue.ts'
import type { Problem } from './errors.ts'

/**
 * A constructor of the language was called with a value that it cannot use. Types refuse such calls; this error is for
 * code that no compiler checked. It is thrown, not returned, so that constructors give plain specs, and its stack leads
 * to the line of the call.
 */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError'
  /** What is wrong: `adam: learningRate: expected no option of this name, found 0.001`. */
  readonly summary: string
  /** What to write. */
  readonly hint: string

  /** `called` is the function, such as `adam`; `place` its argument or option, or empty. */
  constructor(called: string, place: string, { expected, found, hint }: Problem) {
    const summary = `${called}: ${place === '' ? '' : `${place}: `}expected ${expected}, found ${found}`
    super(`${summary}\n  ${hint}`)
    this.summary = summary
    this.hint = hint
  }
}

/** The fields of an options object: which must be given, and which may be left out. */
export type OptionFields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? 'optional' : 'required'
}

/**
 * Throws an `ArgumentError` unless `options` is an object that has all required fields and no unknown ones. Values of fields
 * are checked where the spec is decoded.
 *
 * @example checkOptions<SgdOptions>('sgd', options, { lr: 'required' })
 */
export const checkOptions = <T extends object>(called: string, options: T, fields: OptionFields<T>): void => {
  const names = Object.keys(fields)
  const required = Object.entries(fields).flatMap(([name, kind]) => (kind === 'required' ? [name] : []))
  const call = `Write ${called}({ ${(required.length > 0 ? required : names.slice(0, 1)).map((name) => `${name}: ...`).join(', ')} }).`
  if (!isObject(options))
    throw new ArgumentError(called, '', { expected: 'an object of options', found: describeValue(options), hint: call })
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const hint = `${didYouMean(unknown, names)}The options are ${names.join(', ')}.`
    const found = describeValue(Reflect.get(options, unknown))
    throw new ArgumentError(called, unknown, { expected: 'no option of this name', found, hint })
  }
  const missing = required.find((name) => Reflect.get(options, name) === undefined)
  if (missing !== undefined)
    throw new ArgumentError(called, missing, {
      expected: 'a value',
      found: 'nothing',
      hint: Object.hasOwn(options, missing) ? 'Its value is undefined: look for a typing error.' : call,
    })
}

/** Throws an `ArgumentError` unless the value is a function. */
export const checkFunction = (called: string, place: string, value: unknown, hint: string): void => {
  if (typeof value !== 'function')
    throw new ArgumentError(called, place, { expected: 'a function', found: describeValue(value), hint })
}
