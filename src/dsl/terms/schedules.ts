import { checkNumber, checkNumbers, checkOptions, type OptionFields } from '../../codecs/argument.ts'
import { add, cos, div, exp, floor, log, minimum, mul, neg, sub } from './elementwise.ts'
import { checkOperands, type Expr, scalar, toTerm } from './expression.ts'
import { isInRange, ranged } from './ranges.ts'
import { progress, step } from './variables.ts'

/**
 * Learning rates and coefficients that change, as expressions; used as the namespace `schedules`.
 *
 * `linear`, `cosine` and `exponential` with a `to` run over the whole game, or over `over` steps. Schedules over the whole game stretch
 * with its number of steps. The option `of` counts something other than steps, for example `variables.updates` in an optimizer.
 */

type OneNumber<U extends string = string> = Expr<'batch', [], U>

interface Counted<U extends string> {
  /** What is counted, from 0. By default the step. */
  readonly of?: OneNumber<U>
}

/** How long a schedule runs. */
type Span<U extends string> =
  | {
      /** The number of steps. By default the whole game. */
      readonly over?: number
      readonly of?: never
    }
  | { readonly over: number; readonly of: OneNumber<U> }

interface Ends {
  readonly from: number
  readonly to?: number
  readonly over?: number
  readonly of?: unknown
}

interface Steps {
  readonly factor?: number
  readonly every?: number
}

/** Throws an `ArgumentError` unless these are the known options, and all except `of` are numbers. */
const checkSchedule = <T extends object>(
  name: string,
  options: object,
  fields: OptionFields<T>,
  call?: string,
): void => {
  const called = `schedules.${name}`
  checkOptions<T>(called, options, fields, call)
  const { of, ...numbers } = { of: step, ...options }
  checkNumbers(called, numbers)
  if (of !== undefined) checkOperands(called, { of })
}

/** Rises from 0 to 1 over so many counts, then stays 1. With 0 counts it is 1 at once. */
const within = (count: OneNumber, over: number): OneNumber => {
  if (over === 0) return scalar(1)
  return minimum<number, OneNumber>(1, div(count, ranged('duration', over)))
}

/** The completed share of a schedule, from 0 to 1. */
const partOf = <U extends string>({ over, of }: Span<U>): OneNumber =>
  over === undefined ? progress : within(of ?? step, over)

/** Interpolates: `from` at share 0, `to` at share 1. */
const between = (from: number, to: number, part: OneNumber): OneNumber => {
  if (from === 0) return mul(to, part)
  return to < from ? sub(from, mul(from - to, part)) : add(from, mul(to - from, part))
}

/**
 * factor^exponent, computed as exp(exponent log(factor)) with the logarithm in float64. A power of the factor in float32 would be 0.7 %
 * off after 500,000 steps.
 */
const power = (factor: number, exponent: OneNumber, every = 1): OneNumber => {
  if (!isInRange('factor', factor) || !isInRange('period', every))
    return exp(mul(div(log(ranged('factor', factor)), ranged('period', every)), exponent))
  const rate = Math.log(factor) / every
  return exp(rate < 0 ? neg(mul(-rate, exponent)) : mul(rate, exponent))
}

/** How many times `every` counts have passed. Adds half a count, because rounding may put a whole quotient below itself. */
const times = (count: OneNumber, every: number): OneNumber => floor(div(add(count, 0.5), ranged('period', every)))

// The functions do not depend on what is counted, so the result uses the names that `of` uses.
const uses = <U extends string>(made: OneNumber): OneNumber<U> => ({ term: made.term })

/**
 * The same number at every step.
 *
 * @example adam({ lr: schedules.constant(2e-4) })
 */
export const constant = (value: number): OneNumber<never> => ({
  term: toTerm(value, 'schedules.constant'),
})

/**
 * From `from` to `to` (0) in equal steps over the whole game, or within `over` counts, and `to` from there on.
 *
 * @example adam({ lr: schedules.linear({ from: 2e-4 }) })
 */
export const linear = <U extends string = never>(
  options: Span<U> & { readonly from: number; readonly to?: number },
): OneNumber<U> => {
  checkSchedule<Ends>('linear', options, { from: 'required', to: 'optional', over: 'optional', of: 'optional' })
  const { from, to = 0, ...span } = options
  return uses(between(from, to, partOf(span)))
}

/**
 * From `from` to `to` (0) along half a cosine over the whole game, or within `over` counts, and `to` from there on (Loshchilov
 * and Hutter 2017, equation 5), without restarts.
 *
 * @example adam({ lr: schedules.cosine({ from: 2e-4, to: 1e-6 }) })
 */
export const cosine = <U extends string = never>(
  options: Span<U> & { readonly from: number; readonly to?: number },
): OneNumber<U> => {
  checkSchedule<Ends>('cosine', options, { from: 'required', to: 'optional', over: 'optional', of: 'optional' })
  const { from, to = 0, ...span } = options
  const wave = mul((from - to) / 2, add(1, cos(mul(Math.PI, partOf(span)))))
  return uses(to === 0 ? wave : add(to, wave))
}

/** By a factor for every so many counts, or to a number over the whole game or within so many counts. */
type Decay<U extends string> =
  | (Counted<U> & { readonly factor: number; readonly every?: number; readonly to?: never })
  | (Span<U> & { readonly to: number; readonly factor?: never })

/**
 * `from` times `factor` to the power of counts / `every` (1): with a factor of 1/2, halved within `every` counts. With `to` in
 * place of a factor, from `from` to `to` by the same factor at every step, over the whole game or within `over` counts.
 *
 * @example schedules.exponential({ from: 1e-3, to: 1e-5 })
 */
export const exponential = <U extends string = never>(options: Decay<U> & { readonly from: number }): OneNumber<U> => {
  checkSchedule<Ends & Steps>('exponential', options, {
    from: 'required',
    to: 'optional',
    over: 'optional',
    factor: 'optional',
    every: 'optional',
    of: 'optional',
  })
  const { from, ...decay } = options
  if (decay.factor !== undefined) return uses(mul(from, power(decay.factor, decay.of ?? step, decay.every)))
  checkNumber(
    'schedules.exponential',
    'to',
    decay.to,
    'Write schedules.exponential({ from: 1e-3, to: 1e-5 }), or a factor.',
  )
  return uses(mul(from, power(decay.to / from, partOf(decay))))
}

/**
 * `from`, times `factor` at once after every `every` counts.
 *
 * @example adam({ lr: schedules.stepwise({ from: 1e-3, factor: 0.5, every: 1000 }) })
 */
export const stepwise = <U extends string = never>(
  options: Counted<U> & { readonly from: number; readonly factor: number; readonly every: number },
): OneNumber<U> => {
  const fields = { from: 'required', factor: 'required', every: 'required', of: 'optional' } as const
  checkSchedule<Required<Steps> & { readonly from: number; readonly of?: unknown }>('stepwise', options, fields)
  const { from, factor, every, of = uses(step) } = options
  return uses(mul(from, power(factor, times(of, every))))
}

/**
 * Another schedule, or a number, times a part that rises from 1 / over at first to 1 within `over` counts (Goyal et al. 2017,
 * section 2.2, gradual warm-up).
 *
 * @example schedules.warmUp({ over: 500 }, schedules.cosine({ from: 2e-4 }))
 */
export const warmUp = <U extends string = never, V extends string = never>(
  options: Counted<U> & { readonly over: number },
  schedule: OneNumber<V> | number,
): OneNumber<U | V> => {
  const call = 'schedules.warmUp({}, schedules.cosine({ from: 2e-4 }))'
  const fields = { over: 'required', of: 'optional' } as const
  checkSchedule<{ readonly over: number; readonly of?: unknown }>('warmUp', options, fields, call)
  const { over, of = uses(step) } = options
  const whole: OneNumber = { term: toTerm(schedule, 'schedules.warmUp', 'schedule') }
  return uses(mul(within(add(of, 1), over), whole))
}
