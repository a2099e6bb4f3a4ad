import { largest, smallest } from '../../ir/numbers.ts'
import type { BinaryOp, UnaryOp } from '../../ir/ops/elementwise.ts'
import { around, type Bounds, hull, product, unbounded } from '../types/bounds.ts'
import type { Term } from './term.ts'

const increasing =
  (f: (x: number) => number) =>
  ([low, high]: Bounds): Bounds =>
    around([f(low), f(high)])

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

const size = ([low, high]: Bounds): Bounds => {
  const ends = [Math.abs(low), Math.abs(high)]
  return [low <= 0 && high >= 0 ? 0 : smallest(ends), largest(ends)]
}

/** Of the positive part of what it is given, where the function has no other. */
const ofPositive =
  (f: (x: number) => number) =>
  ([low, high]: Bounds): Bounds =>
    high < 0 ? unbounded : around([f(Math.max(low, 0)), f(high)])

const unary: { readonly [O in UnaryOp]: (x: Bounds) => Bounds } = {
  neg: ([low, high]) => [-high, -low],
  exp: increasing(Math.exp),
  log: ofPositive(Math.log),
  log1p: ([low, high]) => ofPositive(Math.log)([low + 1, high + 1]),
  expm1: increasing(Math.expm1),
  sqrt: ofPositive(Math.sqrt),
  rsqrt: ofPositive((x) => 1 / Math.sqrt(x)),
  tanh: increasing(Math.tanh),
  sigmoid: increasing(sigmoid),
  softplus: increasing(softplus),
  relu: increasing((x) => Math.max(x, 0)),
  abs: size,
  sign: increasing(Math.sign),
  erf: () => [-1, 1],
  sin: () => [-1, 1],
  cos: () => [-1, 1],
  floor: increasing(Math.floor),
}

const binary: { readonly [O in BinaryOp]: (a: Bounds, b: Bounds) => Bounds } = {
  add: ([a, b], [c, d]) => [a + c, b + d],
  sub: ([a, b], [c, d]) => [a - d, b - c],
  mul: product,
  div: ([a, b], [c, d]) => (c <= 0 && d >= 0 ? unbounded : around([a / c, a / d, b / c, b / d])),
  pow: () => unbounded,
  maximum: ([a, b], [c, d]) => [Math.max(a, c), Math.max(b, d)],
  minimum: ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d)],
  greater: () => [0, 1],
  equal: () => [0, 1],
}

const isUnary = (op: Term['op']): op is UnaryOp => op in unary
const isBinary = (op: Term['op']): op is BinaryOp => op in binary

/**
 * Bounds of each number of a term, by interval arithmetic: never too narrow, but wide where a part occurs twice. `leaf` bounds
 * samples, variables and networks.
 */
export const boundsOf = (whole: Term, leaf: (term: Term) => Bounds): Bounds => {
  const known = new Map<Term, Bounds>()
  const of = (term: Term): Bounds => {
    const bounds = known.get(term) ?? boundsOfOne(term, of, leaf)
    known.set(term, bounds)
    return bounds
  }
  return of(whole)
}

const boundsOfOne = (term: Term, of: (part: Term) => Bounds, leaf: (term: Term) => Bounds): Bounds => {
  switch (term.op) {
    case 'number':
      return [term.value, term.value]
    case 'tensor':
      return around(term.values)
    case 'noise':
      return term.distribution === 'uniform' ? [0, 1] : unbounded
    case 'pad':
      return hull([of(term.of), [0, 0]])
    case 'square':
      return product(size(of(term.of)), size(of(term.of)))
    case 'select':
      return hull([of(term.chosen), of(term.otherwise)])
    case 'concat':
      return hull(term.parts.map(of))
    case 'reshape':
    case 'broadcast':
    case 'transpose':
    case 'slice':
    case 'stopGradient':
    case 'mean':
    case 'max':
    case 'E':
    case 'largest':
    case 'pair':
      return of(term.of)
    default:
      if (isUnary(term.op) && 'of' in term) return unary[term.op](of(term.of))
      if (isBinary(term.op) && 'left' in term) return binary[term.op](of(term.left), of(term.right))
      return leaf(term)
  }
}
