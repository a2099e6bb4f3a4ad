import type { BinaryOp, UnaryOp } from '../../ir/ops/elementwise.ts'
import {
  type Expr,
  type Fits,
  type LevelOf,
  type Operand,
  type ShapeOf,
  toTerm,
  type UsesOf,
  type WiderShape,
  type Widest,
} from './expression.ts'

// The result types are spelled out, because messages and hovers would show nested aliases instead.
type Unary = <A extends Operand>(a: A) => Expr<LevelOf<A>, ShapeOf<A>, UsesOf<A>>
type Binary = <A extends Operand, B extends Operand>(
  a: A,
  b: Fits<A, B>,
) => Expr<Widest<LevelOf<A> | LevelOf<B>>, WiderShape<ShapeOf<A>, ShapeOf<B>>, UsesOf<A> | UsesOf<B>>

const unary =
  (op: UnaryOp | 'square' | 'stopGradient'): Unary =>
  (a) => ({ term: { op, of: toTerm(a, op) } })

const binary =
  (op: BinaryOp): Binary =>
  (a, b) => ({ term: { op, left: toTerm(a, op), right: toTerm(b, op) } })

/**
 * -a, elementwise.
 *
 * @example minimise(neg(E(D(fake))), 'G')
 */
export const neg = /* @__PURE__ */ unary('neg')
/**
 * The exponential.
 *
 * @example E(exp(neg(D(x))))
 */
export const exp = /* @__PURE__ */ unary('exp')
/**
 * The natural logarithm.
 *
 * @example E(log(sigmoid(D(x))))
 */
export const log = /* @__PURE__ */ unary('log')
/**
 * log(1 + a), exact near 0.
 *
 * @example E(log1p(square(D(x))))
 */
export const log1p = /* @__PURE__ */ unary('log1p')
/**
 * exp(a) - 1, exact near 0.
 *
 * @example E(expm1(D(fake)))
 */
export const expm1 = /* @__PURE__ */ unary('expm1')
/**
 * The square root. Its derivative at 0 is taken as 0, at every order.
 *
 * @example E(sqrt(add(sum(square(x)), 1e-8)))
 */
export const sqrt = /* @__PURE__ */ unary('sqrt')
/**
 * 1 / sqrt(a)
 *
 * @example mul(x, rsqrt(add(sum(square(x)), 1e-8)))
 */
export const rsqrt = /* @__PURE__ */ unary('rsqrt')
/**
 * The absolute value. Its derivative at 0 is taken as 0.
 *
 * @example E(abs(sub(x, fake)))
 */
export const abs = /* @__PURE__ */ unary('abs')
/**
 * -1, 0 or 1. Its derivative is 0.
 *
 * @example E(sign(D(x)))
 */
export const sign = /* @__PURE__ */ unary('sign')
/**
 * The error function.
 *
 * @example mul(0.5, add(1, erf(x)))
 */
export const erf = /* @__PURE__ */ unary('erf')
/**
 * The sine, of radians.
 *
 * @example sin(mul(3, x))
 */
export const sin = /* @__PURE__ */ unary('sin')
/**
 * The cosine, of radians.
 *
 * @example cos(mul(3, x))
 */
export const cos = /* @__PURE__ */ unary('cos')
/**
 * The greatest whole number that is not above a. Its derivative is 0.
 *
 * @example floor(mul(10, x))
 */
export const floor = /* @__PURE__ */ unary('floor')
/**
 * a times a.
 *
 * @example E(square(sub(D(x), 1)))
 */
export const square = /* @__PURE__ */ unary('square')
/**
 * The value itself, but constant for all derivatives.
 *
 * @example E(square(sub(D(fake), stopGradient(D(x)))))
 */
export const stopGradient = /* @__PURE__ */ unary('stopGradient')

/** max(a, 0) */
export const relu = /* @__PURE__ */ unary('relu')
/** The hyperbolic tangent. */
export const tanh = /* @__PURE__ */ unary('tanh')
/** 1 / (1 + exp(-a)) */
export const sigmoid = /* @__PURE__ */ unary('sigmoid')
/** log(1 + exp(a)) */
export const softplus = /* @__PURE__ */ unary('softplus')

/**
 * a + b, elementwise. Shapes are aligned at their last axis, and sizes of 1 are repeated.
 *
 * @example add(E(log(D(x))), E(log(sub(1, D(fake)))))
 */
export const add = /* @__PURE__ */ binary('add')
/**
 * a - b, shapes as of `add`.
 *
 * @example E(log(sub(1, sigmoid(D(fake)))))
 */
export const sub = /* @__PURE__ */ binary('sub')
/**
 * a times b, element by element (see `ops.matmul` for matrices), shapes as of `add`.
 *
 * @example mul(10, E(square(D(x))))
 */
export const mul = /* @__PURE__ */ binary('mul')
/**
 * a / b, shapes as of `add`.
 *
 * @example div(x, maximum(norm(x), 1e-12))
 */
export const div = /* @__PURE__ */ binary('div')
/**
 * a to the power of b, shapes as of `add`.
 *
 * @example E(pow(norm(x), 6))
 */
export const pow = /* @__PURE__ */ binary('pow')
/**
 * The greater of two values; see `max` for the largest within one.
 *
 * @example E(maximum(0, sub(1, D(x))))
 */
export const maximum = /* @__PURE__ */ binary('maximum')
/**
 * The smaller of two values, shapes as of `add`.
 *
 * @example E(minimum(1, D(fake)))
 */
export const minimum = /* @__PURE__ */ binary('minimum')
/**
 * 1 where a > b, else 0, shapes as of `add`. Its derivative is 0.
 *
 * @example E(greater(D(x), 0)) // how often D takes data for real
 */
export const greater = /* @__PURE__ */ binary('greater')
/**
 * 1 where a = b, else 0, shapes as of `add`. Its derivative is 0.
 *
 * @example E(equal(x, fake))
 */
export const equal = /* @__PURE__ */ binary('equal')

/**
 * `then` where the condition is not 0, else `otherwise`, element by element.
 *
 * @example select(greater(D(x), 0), 1, 0)
 */
export const select = <C extends Operand, A extends Operand, B extends Operand>(
  condition: C,
  then: Fits<C, A>,
  otherwise: Fits<A, B> & Fits<C, B>,
): Expr<
  Widest<LevelOf<C> | LevelOf<A> | LevelOf<B>>,
  WiderShape<ShapeOf<C>, WiderShape<ShapeOf<A>, ShapeOf<B>>>,
  UsesOf<C> | UsesOf<A> | UsesOf<B>
> => ({
  term: {
    op: 'select',
    condition: toTerm(condition, 'select'),
    chosen: toTerm(then, 'select'),
    otherwise: toTerm(otherwise, 'select'),
  },
})
