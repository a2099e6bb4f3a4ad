import { type Curve, curveOf } from '../algebra/evaluateTerm.ts'
import { replace } from '../algebra/pointwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import { at } from '../ir/present.ts'
import { ladder } from './ladder.ts'
import { isPlateau } from './plateau.ts'
import { anyNumber, type Range } from './range.ts'
import { middle, type Slope, type Top, topsOf } from './tops.ts'

/** D's best reply at a point. */
export type Optimum =
  | { readonly type: 'unique'; readonly value: number }
  /** All values between them are equally good. */
  | { readonly type: 'set'; readonly low: number; readonly high: number }
  /** The more extreme D is, the better. D needs a constraint. */
  | { readonly type: 'unbounded'; readonly constraint: string }
  | { readonly type: 'unknown'; readonly reason: string }

/** D's best reply at a point, and its value. */
export interface Reply {
  readonly optimum: Optimum
  /** The supremum of p a(t) + q b(t). Infinite if unbounded, `NaN` if unknown. */
  readonly value: number
  /** The optimum before D's last layer, which is more precise where the last layer saturates. */
  readonly point: number
}

/** An unknown reply, and the reason. */
export const unknownReply = (reason: string): Reply => ({
  optimum: { type: 'unknown', reason },
  value: Number.NaN,
  point: Number.NaN,
})

/** The two functions of D's value that determine its best reply. */
export interface Pointwise {
  readonly a: Term
  readonly b: Term
}

/** The term as a function of the input of D's last layer. */
export const through = ({ link }: Range, term: Term): Term =>
  replace(term, (part) => (part.op === 'variable' && part.name === 't' ? link : undefined))

/**
 * The pointwise best reply: the t in D's range that maximises p a(t) + q b(t), for densities p of the data and q of the samples at a
 * point. Brackets the sign changes of the derivative on a ladder over the real line, bisects them to float64 precision, and
 * compares the values. Misses two sign changes between neighbouring rungs.
 *
 * @example
 * const [pointwiseGame] = pointwiseGamesOf(spec)
 * if (pointwiseGame !== undefined) console.log(optimalDiscriminator(pointwiseGame.discriminator, pointwiseGame.range)(0.9, 0.1))
 */
export const optimalDiscriminator = (form: Pointwise, range: Range = anyNumber): ((p: number, q: number) => Reply) => {
  const [a, b, link] = [curveOf(through(range, form.a)), curveOf(through(range, form.b)), curveOf(range.link)]
  const [rungsA, rungsB] = [a(ladder), b(ladder)]
  const curves = { a: curveOf(form.a), b: curveOf(form.b) }
  const image = (u: number): number => at(link([u]).value, 0)
  return (p, q) => {
    const here = (u: number): Slope => mix(p, a(point(u)), q, b(point(u)), 0)
    const rungs = ladder.map((_, i) => mix(p, rungsA, q, rungsB, i))
    const flat = (low: number, high: number): boolean => isPlateau(curves, p, q, low, high)
    return chosen(topsOf(rungs, here), rungs, { here, image, flat }, constraintOf(rungsA, rungsB))
  }
}

/** Maps the ends of the ladder to the infinities. */
const point = (u: number): readonly number[] => [Math.min(Math.max(u, at(ladder, 0)), at(ladder, ladder.length - 1))]

/** A weighted value. Weight 0 gives 0, even if the value is infinite. */
export const weighed = (weight: number, value: number): number => (weight === 0 ? 0 : weight * value)

const mix = (p: number, a: Curve, q: number, b: Curve, i: number): Slope => {
  const value = weighed(p, at(a.value, i)) + weighed(q, at(b.value, i))
  const [left, right] = [weighed(p, at(a.slope, i)), weighed(q, at(b.slope, i))]
  const slope = left + right
  const rounding = 1e-14 * (Math.abs(left) + Math.abs(right))
  const flat = Number.isFinite(slope) && Math.abs(slope) <= rounding
  const slack = 1e-14 * (Math.abs(weighed(p, at(a.value, i))) + Math.abs(weighed(q, at(b.value, i))))
  return { value, slack, slope, sign: Number.isNaN(value) ? Number.NaN : flat ? 0 : Math.sign(slope) }
}

/** The objective by what comes before D's last layer, that layer, and where the objective is the same all over an interval. */
interface Landscape {
  readonly here: (u: number) => Slope
  readonly image: (u: number) => number
  readonly flat: (low: number, high: number) => boolean
}

const chosen = (
  tops: readonly Top[],
  rungs: readonly Slope[],
  { here, image, flat }: Landscape,
  constraint: string,
): Reply => {
  const [best, ...others] = [...tops].sort((x, y) => y.value - x.value)
  if (best === undefined) return unknownReply('the objective has no value at any output of D')
  if (best.value === Infinity || (best.low === best.high && grows(best.low, here)))
    return { optimum: { type: 'unbounded', constraint }, value: Infinity, point: best.low }
  const slack = 1e-9 * (1 + Math.abs(best.value))
  if (rungs.some((rung) => rung.value > best.value + slack + rung.slack))
    return unknownReply('the objective is discontinuous: its derivative does not lead to the maximum')
  if (others.some(({ value }) => value > best.value - slack))
    return unknownReply('several separate values are equally good')
  const [low, high] = [image(best.low), image(best.high)]
  if (low < high && flat(low, high))
    return { optimum: { type: 'set', low, high }, value: best.value, point: middle(best) }
  const point = low < high ? outermost(best) : middle(best)
  return { optimum: { type: 'unique', value: image(point) }, value: best.value, point }
}

/** Replaces an end of the search by the bound to which the last layer tends there. */
const outermost = (top: Top): number =>
  top.low === -Infinity ? top.low : top.high === Infinity ? top.high : middle(top)

/** Whether the value increases without bound towards an infinity. */
const grows = (end: number, here: (u: number) => Slope): boolean => {
  if (Number.isFinite(end)) return false
  const [near, far] = [here(Math.sign(end) * 1e50).value, here(end).value]
  return !(Math.abs(far - near) <= 1e-6 * (1 + Math.abs(near)))
}

/** The constraint that an unbounded objective needs. A difference of means needs a Lipschitz D. */
const constraintOf = (a: Curve, b: Curve): string => {
  const slope = at(a.slope, 0)
  const straight = a.slope.every((each) => each === slope) && b.slope.every((each) => each === -slope)
  return straight
    ? 'D must be kept 1-Lipschitz: then the value is the Wasserstein-1 distance'
    : 'D must be kept bounded'
}
