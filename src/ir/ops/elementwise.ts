import type { Arithmetic } from '../arithmetic.ts'
import type { Builder } from '../builder.ts'
import { invariant } from '../present.ts'
import { type NodeId, type None, sameShape, showShape, type Tuples } from '../program.ts'
import { element as elementAt } from './element.ts'
import { errorFunction } from './errorFunction.ts'
import type { Definition, OpDefinition } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

/** All unary and binary elementwise ops. Types, codecs, the builder's methods and formulas are derived from these lists. */
export const unaryNames = [
  'neg',
  'exp',
  'log',
  'log1p',
  'expm1',
  'sqrt',
  'rsqrt',
  'tanh',
  'sigmoid',
  'softplus',
  'relu',
  'abs',
  'sign',
  'erf',
  'sin',
  'cos',
  'floor',
] as const
export type UnaryOp = (typeof unaryNames)[number]
export const binaryNames = ['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'greater', 'equal'] as const
export type BinaryOp = (typeof binaryNames)[number]

type Derivative = <N>(b: Arithmetic<N>, x: N, y: N) => N

/** Optional properties of a unary function. */
interface Traits {
  /** Set if it increases everywhere. */
  readonly rises?: true
  /** The bounds of its values. */
  readonly range?: readonly [number, number]
  /** Whether its float32 result is exact. */
  readonly exact?: boolean
}

interface UnaryDefinition extends Definition<None, 1>, Omit<Traits, 'exact'> {
  readonly value: (x: number) => number
  /** The derivative at x, where the value is y. `undefined` if it is 0 everywhere. */
  readonly derivative: Derivative | undefined
}

/** Defines a unary op by its value, its derivative and its traits. */
const unary = (
  value: (x: number) => number,
  derivative?: Derivative,
  { exact = false, ...traits }: Traits = {},
): UnaryDefinition => ({
  ...traits,
  rounds: !exact,
  value,
  derivative,
  arity: 1,
  shape: (_, [x]) => x,
  gradient: ({ builder, inputs: [x], output, gradient }) =>
    derivative === undefined ? [undefined] : [builder.mul(gradient, derivative(builder, x, output))],
  evaluate: (_, [x]) => x.map(value),
})

type Partials = (b: Builder, x: NodeId, y: NodeId, output: NodeId, g: NodeId) => Tuples<NodeId | undefined>[2]

interface BinaryDefinition extends Definition<None, 2> {
  readonly value: (x: number, y: number) => number
}

const binary = (
  value: (x: number, y: number) => number,
  partials: Partials,
  { exact = false }: Pick<Traits, 'exact'> = {},
): BinaryDefinition => ({
  value,
  rounds: !exact,
  arity: 2,
  shape: (_, [x, y]) => {
    invariant(sameShape(x, y), () => `elementwise operands of shapes ${showShape(x)} and ${showShape(y)}`)
    return x
  },
  gradient: ({ builder, inputs: [x, y], output, gradient }) => partials(builder, x, y, output, gradient),
  evaluate: (_, [x, y]) => x.map((a, i) => value(a, element(y, i))),
})

/** `safe` is x where x is positive, else 1, so that functions with a singularity at 0 can be applied. `mask` is 1 where x is positive. */
const positive = <N>(b: Arithmetic<N>, x: N): { readonly mask: N; readonly safe: N } => {
  const mask = b.greater(x, b.number(0))
  return { mask, safe: b.select(mask, x, b.number(1)) }
}

/** 0.5 / sqrt(x), and 0 at x = 0, as are its own derivatives. It never divides by 0. */
const sqrtDerivative: Derivative = (b, x) => {
  const { mask, safe } = positive(b, x)
  return b.mul(mask, b.mul(b.number(0.5), b.rsqrt(safe)))
}

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

export const unaryOps: { readonly [O in UnaryOp]: UnaryDefinition } = {
  neg: unary(
    (x) => -x,
    (b) => b.number(-1),
    { exact: true },
  ),
  exp: unary(Math.exp, (_, __, y) => y, { rises: true }),
  log: unary(Math.log, (b, x) => b.div(b.number(1), x)),
  log1p: unary(Math.log1p, (b, x) => b.div(b.number(1), b.add(b.number(1), x))),
  expm1: unary(Math.expm1, (b, x) => b.exp(x), { rises: true }),
  sqrt: unary(Math.sqrt, sqrtDerivative),
  rsqrt: unary(
    (x) => 1 / Math.sqrt(x),
    (b, _, y) => b.mul(b.number(-0.5), b.mul(y, b.mul(y, y))),
  ),
  tanh: unary(Math.tanh, (b, _, y) => b.sub(b.number(1), b.mul(y, y)), { rises: true }),
  sigmoid: unary(sigmoid, (b, _, y) => b.mul(y, b.sub(b.number(1), y)), { rises: true }),
  softplus: unary(softplus, (b, x) => b.sigmoid(x), { rises: true }),
  relu: unary(
    (x) => Math.max(x, 0),
    (b, x) => b.greater(x, b.number(0)),
    { rises: true, exact: true },
  ),
  abs: unary(Math.abs, (b, x) => b.sign(x), { exact: true }),
  sign: unary(Math.sign, undefined, { rises: true, exact: true }),
  erf: unary(errorFunction, (b, x) => b.mul(b.number(2 / Math.sqrt(Math.PI)), b.exp(b.neg(b.mul(x, x)))), {
    range: [-1, 1],
  }),
  sin: unary(Math.sin, (b, x) => b.cos(x), { range: [-1, 1] }),
  cos: unary(Math.cos, (b, x) => b.neg(b.sin(x)), { range: [-1, 1] }),
  floor: unary(Math.floor, undefined, { rises: true, exact: true }),
}

/** The larger (or smaller) operand takes the gradient; where they are equal, each takes half. */
const extremum =
  (larger: boolean): Partials =>
  (b, x, y, _, g) => {
    const wins = (a: NodeId, c: NodeId): NodeId =>
      b.add(larger ? b.greater(a, c) : b.greater(c, a), b.mul(b.number(0.5), b.equal(a, c)))
    return [b.mul(g, wins(x, y)), b.mul(g, wins(y, x))]
  }

export const binaryOps: { readonly [O in BinaryOp]: BinaryDefinition } = {
  add: binary(
    (x, y) => x + y,
    (_, __, ___, ____, g) => [g, g],
  ),
  sub: binary(
    (x, y) => x - y,
    (b, _, __, ___, g) => [g, b.neg(g)],
  ),
  mul: binary(
    (x, y) => x * y,
    (b, x, y, _, g) => [b.mul(g, y), b.mul(g, x)],
  ),
  div: binary(
    (x, y) => x / y,
    (b, _, y, output, g) => {
      const share = b.div(g, y)
      return [share, b.neg(b.mul(share, output))]
    },
  ),
  // The derivative by the exponent needs a positive base. Elsewhere it is 0 or does not exist.
  // The derivative by the base is y x^(y-1). At 0^0 that is 0 times infinity; 0 is right, and keeps higher derivatives of whole powers exact at 0.
  pow: binary(Math.pow, (b, x, y, output, g) => {
    const { mask, safe } = positive(b, x)
    const zero = b.number(0)
    const lower = b.select(b.mul(b.equal(x, zero), b.equal(y, zero)), zero, b.sub(y, b.number(1)))
    const byBase = b.mul(y, b.pow(x, lower))
    return [b.mul(g, byBase), b.mul(g, b.mul(mask, b.mul(output, b.log(safe))))]
  }),
  maximum: binary((x, y) => Math.max(x, y), extremum(true), { exact: true }),
  minimum: binary((x, y) => Math.min(x, y), extremum(false), { exact: true }),
  greater: binary(
    (x, y) => (x > y ? 1 : 0),
    () => [undefined, undefined],
    { exact: true },
  ),
  equal: binary(
    (x, y) => (x === y ? 1 : 0),
    () => [undefined, undefined],
    { exact: true },
  ),
}

export const selectOp: OpDefinition<'select'> = {
  arity: 3,
  rounds: false,
  shape: (_, [condition, x, y]) => {
    invariant(
      sameShape(condition, x) && sameShape(x, y),
      () => `select of shapes ${[condition, x, y].map(showShape).join(', ')}`,
    )
    return x
  },
  gradient: ({ builder: b, inputs: [condition], gradient }) => [
    undefined,
    b.select(condition, gradient, b.number(0)),
    b.select(condition, b.number(0), gradient),
  ],
  evaluate: (_, [condition, x, y]) => condition.map((c, i) => element(c !== 0 ? x : y, i)),
}
