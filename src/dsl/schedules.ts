import { add, cos, div, floor, minimum, mul, pow, sub } from './elementwise.ts'
import { type Expr, scalar } from './expression.ts'
import { step } from './variables.ts'

/**
 * Learning rates and coefficients that change, as expressions of the step; used as the namespace `schedules`. An option `of`
 * counts by something else: by `variables.updates` in an optimizer, which a player makes several of in a step.
 */

type OneNumber<U extends string = string> = Expr<'batch', [], U>

interface Counted<U extends string> {
  /** What is counted, from 0: the step where absent. */
  readonly of?: OneNumber<U>
}

/** From 0 to 1 within so many counts, and 1 from there on: within none at once. */
const progress = (count: OneNumber, over: number): OneNumber =>
  over > 0 ? minimum<number, OneNumber>(1, div(count, over)) : scalar(1)

/** `from` where the part is 0, `to` where it is 1. */
const between = (from: number, to: number, part: OneNumber): OneNumber => {
  if (from === 0) return mul(to, part)
  return to < from ? sub(from, mul(from - to, part)) : add(from, mul(to - from, part))
}

/** How many times `every` counts have passed. Half a count more, for a quotient that is to be whole may be rounded below. */
const times = (count: OneNumber, every: number): OneNumber => floor(div(add(count, 0.5), every))

// The bodies don't depend on what is counted; its uses are those of the result.
const uses = <U extends string>(made: OneNumber): OneNumber<U> => ({ term: made.term })

/** The same number at every step. */
export const constant = (value: number): OneNumber<never> => scalar(value)

/** From `from` to `to` (0) in equal steps within `over` counts, and `to` from there on. */
export const linear = <U extends string = never>({
  from,
  to = 0,
  over,
  of = uses(step),
}: Counted<U> & { readonly from: number; readonly to?: number; readonly over: number }): OneNumber<U> =>
  uses(between(from, to, progress(of, over)))

/** From `from` to `to` (0) along half a cosine within `over` counts (Loshchilov and Hutter 2017, equation 5), without restarts. */
export const cosine = <U extends string = never>({
  from,
  to = 0,
  over,
  of = uses(step),
}: Counted<U> & { readonly from: number; readonly to?: number; readonly over: number }): OneNumber<U> => {
  const wave = mul((from - to) / 2, add(1, cos(mul(Math.PI, progress(of, over)))))
  return uses(to === 0 ? wave : add(to, wave))
}

/** `from` times `factor` to the power of counts / `every` (1): with a factor of 1/2, halved within `every` counts. */
export const exponential = <U extends string = never>({
  from,
  factor,
  every = 1,
  of = uses(step),
}: Counted<U> & { readonly from: number; readonly factor: number; readonly every?: number }): OneNumber<U> =>
  uses(mul(from, pow(factor, every === 1 ? of : div(of, every))))

/** `from`, times `factor` at once after every `every` counts. */
export const stepwise = <U extends string = never>({
  from,
  factor,
  every,
  of = uses(step),
}: Counted<U> & { readonly from: number; readonly factor: number; readonly every: number }): OneNumber<U> =>
  uses(mul(from, pow(factor, times(of, every))))

/**
 * Another schedule, or a number, times a part that rises from 1 / over at first to 1 within `over` counts (Goyal et al. 2017,
 * section 2.2, gradual warm-up).
 */
export const warmUp = <U extends string = never, V extends string = never>(
  { over, of = uses(step) }: Counted<U> & { readonly over: number },
  schedule: OneNumber<V> | number,
): OneNumber<U | V> => uses(mul(progress(add(of, 1), over), schedule))
