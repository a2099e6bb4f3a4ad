import { describeValue } from '../errors/describeValue.ts'
import type { InvalidArgument } from '../errors/invalidArgument.ts'
import { quoted } from '../errors/quoted.ts'
import type { Problem } from '../errors/specError.ts'
import { didYouMean, isObject } from './failures.ts'

/**
 * A constructor of the language was called with a value that it cannot use. TypeScript refuses such calls; this error is for
 * code that no compiler checked. Constructors throw it, so that they return plain specs and the stack points to the call.
 */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError'
  /** What is wrong, where, and what to write. */
  readonly error: InvalidArgument

  /** `called` is the function, such as `adam`. `argument` is its argument or option, or empty. */
  constructor(called: string, argument: string, { expected, found, hint }: Problem) {
    const message = `expected ${expected}, found ${found}`
    super(`${called}: ${argument === '' ? '' : `${argument}: `}${message}\n  ${hint}`)
    const place = { type: 'argument', called, ...(argument !== '' && { argument }) } as const
    this.error = { type: 'InvalidArgument', place, message, hint }
  }
}

/** The fields of an options object: which must be given, and which may be left out. */
export type OptionFields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? 'optional' : 'required'
}

/** Describes a value in a few words, for the part after `found`: `source 'data'`, `an object of type 'adam'`. */
const describeArgument = (u: unknown): string => {
  const [named, type] = [partOf(u, 'named'), partOf(u, 'type')]
  if (typeof named === 'string') return `${typeof u === 'function' ? 'network' : 'source'} ${quoted(named)}`
  if (Array.isArray(partOf(u, 'nodes'))) return 'a network'
  if (typeof partOf(partOf(u, 'term'), 'op') === 'string') return 'an expression'
  if (typeof type === 'string') return `an object of type ${quoted(type)}`
  return describeValue(u)
}

/** A field of any value, or `undefined`. */
const partOf = (u: unknown, name: string): unknown =>
  isObject(u) || typeof u === 'function' ? Reflect.get(u, name) : undefined

/** Whether a value has a `type`, as sources and optimizers have. */
export const isTagged = (u: unknown): boolean => isObject(u) && typeof partOf(u, 'type') === 'string'

/** Throws an `ArgumentError`: the value is not what was expected. */
export const refuse = (called: string, place: string, value: unknown, expected: string, hint: string): never => {
  throw new ArgumentError(called, place, { expected, found: describeArgument(value), hint })
}

/** Whether a value is a plain object of options, and not something that a constructor returned. */
const isPlain = (u: unknown): u is object => isObject(u) && describeArgument(u) === 'an object'

/**
 * Throws an `ArgumentError` unless `options` is an object with all required fields and no unknown ones. Decoding the spec
 * checks the values of the fields. `call` shows the call with `{}` for the options, such as `slot('k', {}, update)`.
 *
 * @example checkOptions<SgdOptions>('sgd', options, { lr: 'required' })
 */
export const checkOptions = <T extends object>(
  called: string,
  options: unknown,
  fields: OptionFields<T>,
  call = `${called}({})`,
): void => {
  const names = Object.keys(fields)
  const required = Object.entries(fields).flatMap(([name, kind]) => (kind === 'required' ? [name] : []))
  const shown = (required.length > 0 ? required : names.slice(0, 1)).map((name) => `${name}: ...`).join(', ')
  const write = `Write ${call.replace('{}', `{ ${shown} }`)}.`
  if (!isPlain(options)) {
    refuse(called, '', options, 'an object of options', write)
    return
  }
  const absent = required.filter((name) => Reflect.get(options, name) === undefined)
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const meant = didYouMean(unknown, names) || (absent.length === 1 ? `Did you mean ${absent[0]}? ` : '')
    const hint = `${meant}The options are ${names.join(', ')}.`
    refuse(called, unknown, Reflect.get(options, unknown), 'no option of this name', hint)
  }
  const [missing] = absent
  if (missing !== undefined)
    refuse(
      called,
      missing,
      undefined,
      'a value',
      Object.hasOwn(options, missing) ? 'Its value is undefined: check the name of the variable.' : write,
    )
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value)

type Check = (called: string, place: string, value: unknown, hint: string) => void

const checkKind =
  (expected: string, isValid: (value: unknown) => boolean): Check =>
  (called, place, value, hint) => {
    if (!isValid(value)) refuse(called, place, value, expected, hint)
  }

/** Throws an `ArgumentError` unless the value is a function. */
export const checkFunction = /* @__PURE__ */ checkKind('a function', (value) => typeof value === 'function')
export const checkNumber = /* @__PURE__ */ checkKind('a number', isNumber)
export const checkText = /* @__PURE__ */ checkKind('a text', (value) => typeof value === 'string')
export const checkList = /* @__PURE__ */ checkKind('a list', Array.isArray)
export const checkRecord = /* @__PURE__ */ checkKind('an object of values by name', isPlain)

/** Throws an `ArgumentError` unless a shape is a list of numbers. `call` shows the call with `[]` for the shape. */
export const checkSizes = (called: string, shape: unknown, call = `${called}([])`): void => {
  const sizes = isNumber(shape) ? `[${shape}]` : '[2]'
  if (!Array.isArray(shape) || !shape.every(isNumber))
    refuse(called, 'shape', shape, 'a list of sizes', `Write ${call.replace('[]', () => sizes)}.`)
}

/** Throws an `ArgumentError` unless all given options are numbers. Call it before computing with them. */
export const checkNumbers = (called: string, options: object): void => {
  for (const [name, value] of Object.entries(options))
    if (value !== undefined) checkNumber(called, name, value, `Write ${name}: 0.5, or another number.`)
}

/** Throws an `ArgumentError` unless the value is one of these strings. */
export const checkOneOf = (called: string, place: string, value: unknown, texts: readonly string[]): void => {
  const expected = texts.map((text) => `'${text}'`).join(' or ')
  if (typeof value !== 'string' || !texts.includes(value))
    refuse(called, place, value, expected, `Write ${place}: ${expected}.`)
}
