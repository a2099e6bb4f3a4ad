import { type Arithmetic, arithmeticOf } from '../../ir/arithmetic.ts'
import { maxOf, minOf } from '../../ir/numbers.ts'
import { type BinaryOp, type UnaryOp, unaryOps } from '../../ir/ops/elementwise.ts'
import { around, type Bounds, hull, product, unbounded } from '../types/bounds.ts'
import { inArithmetic, isElementwise } from './inArithmetic.ts'
import { placeParts } from './placeParts.ts'
import { definitionOf, type Term } from './term.ts'

const size = ([low, high]: Bounds): Bounds => {
  const ends = [Math.abs(low), Math.abs(high)]
  return [low <= 0 && high >= 0 ? 0 : minOf(ends), maxOf(ends)]
}

/** Restricts bounds to the positive numbers, for functions that are defined only there. */
const ofPositive =
  (f: (x: number) => number) =>
  ([low, high]: Bounds): Bounds =>
    high < 0 ? unbounded : around([f(Math.max(low, 0)), f(high)])

/** Bounds of functions that are not monotonic and have no fixed range. */
const unary: { readonly [O in UnaryOp]?: (x: Bounds) => Bounds } = {
  neg: ([low, high]) => [-high, -low],
  log: ofPositive(Math.log),
  log1p: ([low, high]) => ofPositive(Math.log)([low + 1, high + 1]),
  sqrt: ofPositive(Math.sqrt),
  rsqrt: ofPositive((x) => 1 / Math.sqrt(x)),
  abs: size,
}

const unaryBounds = (op: UnaryOp): ((x: Bounds) => Bounds) => {
  const { value, rises, range = unbounded } = unaryOps[op]
  return unary[op] ?? (rises === true ? ([low, high]) => around([value(low), value(high)]) : () => range)
}

const binary: { readonly [O in BinaryOp]?: (a: Bounds, b: Bounds) => Bounds } = {
  add: ([a, b], [c, d]) => [a + c, b + d],
  sub: ([a, b], [c, d]) => [a - d, b - c],
  mul: product,
  div: ([a, b], [c, d]) => (c <= 0 && d >= 0 ? unbounded : around([a / c, a / d, b / c, b / d])),
  maximum: ([a, b], [c, d]) => [Math.max(a, c), Math.max(b, d)],
  minimum: ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d)],
  greater: () => [0, 1],
  equal: () => [0, 1],
}

const intervals: Arithmetic<Bounds> = arithmeticOf<Bounds>({
  number: (value) => [value, value],
  unary: unaryBounds,
  binary: (op) => binary[op] ?? (() => unbounded),
  select: (_, chosen, otherwise) => hull([chosen, otherwise]),
  square: (x) => product(size(x), size(x)),
})

/**
 * Bounds of a term's numbers by interval arithmetic. They are never too narrow, but may be too wide if a subterm occurs twice. `leaf`
 * bounds samples, variables and networks.
 */
export const boundsOf = (whole: Term, leaf: (term: Term) => Bounds): Bounds =>
  inArithmetic(intervals, whole, (term, of) => {
    if (isElementwise(term)) return undefined
    const definition = definitionOf(term)
    return definition.bounds?.(term, placeParts(term, of)) ?? leaf(term)
  })
