import { at } from '../ir/present.ts'
import { boundary, ladder } from './ladder.ts'

/** The value and the slope of a function at a number. */
export interface Slope {
  readonly value: number
  /** The rounding error of the value. */
  readonly slack: number
  readonly slope: number
  /** The sign of the slope: 0 within rounding, `NaN` outside of the domain. */
  readonly sign: number
}

/** The local maxima of a function, found on the rungs of the ladder and between them. */
export const topsOf = (rungs: readonly Slope[], here: (u: number) => Slope): readonly Top[] =>
  peaks(rungs.map(({ sign }) => sign)).map((peak) => {
    const interval = edges(peak, here)
    return { ...interval, value: here(middle(interval)).value }
  })

/** Two rungs around a maximum: where the function stops rising, and where it starts falling. At the ends of its domain they may lie outside. */
interface Peak {
  readonly rise: number
  readonly fall: number
  readonly domain: Rungs
}

/** The first and the last rung in the function's domain. */
interface Rungs {
  readonly first: number
  readonly last: number
}

/** The peaks in a sequence of signs. Below its domain a function counts as rising, above it as falling. */
const peaks = (signs: readonly number[]): readonly Peak[] => {
  const first = signs.findIndex((sign) => !Number.isNaN(sign))
  const last = signs.findLastIndex((sign) => !Number.isNaN(sign))
  if (first < 0) return []
  const found: Peak[] = []
  let rise: number | undefined = first - 1
  for (let i = first; i <= last + 1; i++) {
    const sign = i > last ? -1 : at(signs, i)
    if (sign > 0) rise = i
    if (sign < 0 && rise !== undefined) {
      found.push({ rise, fall: i, domain: { first, last } })
      rise = undefined
    }
  }
  return found
}

interface Interval {
  readonly low: number
  readonly high: number
}

/** A local maximum: every point from `low` to `high`. */
export interface Top extends Interval {
  readonly value: number
}

/**
 * Whether the slope only tends to 0, and disappears in rounding beyond an edge, as that of tanh: just before the edge it is tiny compared
 * to further away. A slope that really ends there, as that of a hinge, does not.
 */
const fades = (edge: number, inwards: 1 | -1, here: (u: number) => Slope): boolean => {
  const slopeAt = (distance: number): number => Math.abs(here(edge + inwards * distance * (1 + Math.abs(edge))).slope)
  return slopeAt(0.01) <= 1e-9 * Math.max(...[0.25, 0.5, 0.75, 1].map(slopeAt))
}

const edges = ({ rise, fall, domain }: Peak, here: (u: number) => Slope): Interval => {
  const rung = (i: number): number => at(ladder, i)
  const low =
    rise < domain.first || rise === domain.last
      ? edge(Math.max(rise, domain.first))
      : boundary(rung(rise), rung(rise + 1), (u) => here(u).sign > 0)
  const high =
    fall > domain.last || fall === domain.first
      ? edge(Math.min(fall, domain.last))
      : boundary(rung(fall), rung(fall - 1), (u) => here(u).sign < 0)
  if (low === -Infinity && high === Infinity) return { low, high }
  if (high === Infinity && low !== high && fades(low, -1, here)) return { low: high, high }
  if (low === -Infinity && low !== high && fades(high, 1, here)) return { low, high: low }
  return { low, high }
}

/** The end of the domain; infinity at the end of the ladder. */
const edge = (i: number): number => (i === 0 ? -Infinity : i === ladder.length - 1 ? Infinity : at(ladder, i))

/** A point of the interval: a finite end, if there is one. */
export const middle = ({ low, high }: Interval): number =>
  low === high
    ? low
    : low === -Infinity
      ? high === Infinity
        ? 0
        : high
      : high === Infinity
        ? low
        : low + (high - low) / 2
