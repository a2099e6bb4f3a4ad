import type { Shape } from '../../ir/program.ts'
import type { IsScalar, Show, WithoutAxes } from '../types/shape.ts'
import { sqrt, square } from './elementwise.ts'
import { type Expr, type Level, type NoNumber, toTerm } from './expression.ts'

type Reduce = <L extends Level, S extends Shape, U extends string = NoNumber, A extends number = never>(
  of: Expr<L, S, U>,
  axes?: readonly A[],
) => Expr<L, [A] extends [never] ? [] : WithoutAxes<S, A>, U>

const reduce =
  (op: 'sum' | 'mean' | 'max'): Reduce =>
  (of, axes) => ({ term: { op, of: toTerm(of, op), ...(axes === undefined ? {} : { axes }) } })

/**
 * The sum over the elements of each value, or over the given axes (from 0, without the batch).
 *
 * @example E(sum(square(x)))
 */
export const sum = /* @__PURE__ */ reduce('sum')
/**
 * The mean over the elements of each value, or over the given axes. For the mean over the batch use `E`.
 *
 * @example E(mean(square(x)))
 */
export const mean = /* @__PURE__ */ reduce('mean')
/**
 * The largest of one value's elements, or over the given axes of it; see `maximum` for the greater of two values.
 *
 * @example E(max(x))
 */
export const max = /* @__PURE__ */ reduce('max')

/**
 * The Euclidean norm of each value.
 *
 * @example E(norm(sub(x, fake)))
 */
export const norm = <L extends Level, S extends Shape, U extends string = NoNumber>(
  of: Expr<L, S, U>,
): Expr<L, [], U> => ({
  term: sqrt(sum(square({ term: toTerm(of, 'norm') }))).term,
})

type Varying<N extends string, L extends Level, S extends Shape, U extends string> = [L] extends ['batch']
  ? `${N} is of what varies within the batch, but this does not (is ${N} applied twice?)`
  : Expr<L, S, U>
type Inner<L extends Level> = [L] extends ['pair'] ? 'sample' : 'batch'
type Single<S extends Shape> = S extends readonly [1] ? [] : S

/**
 * The expectation: the mean over the batch, elementwise. For a value per pair, the mean over the other sample of each pair.
 *
 * @example minimise(E(softplus(neg(D(fake)))), 'G')
 */
export const E = <L extends Level, S extends Shape, U extends string = NoNumber>(
  of: Varying<'E', L, S, U>,
): Expr<Inner<L>, Single<S>, U> => ({ term: { op: 'E', of: toTerm(of, 'E') } })

/**
 * The largest over the batch, or of pairs over the other sample of each pair; of vectors, element by element. See `max` for
 * the largest element of one value.
 *
 * @example maxOverBatch(norm(grad(D(x), x)))
 */
export const maxOverBatch = <L extends Level, S extends Shape, U extends string = NoNumber>(
  of: Varying<'maxOverBatch', L, S, U>,
): Expr<Inner<L>, Single<S>, U> => ({ term: { op: 'maxOverBatch', of: toTerm(of, 'maxOverBatch') } })

type PerSample<L extends Level, S extends Shape, U extends string> = [L] extends ['pair']
  ? 'pair reads a value per sample, but this is one per pair already'
  : Expr<L, S, U>

/**
 * The value at the other sample of each pair: `E(E(norm(sub(x, pair(x)))))` is the mean distance between samples.
 *
 * @example meanOverPairs(norm(sub(x, pair(x))))
 */
export const pair = <L extends Level, S extends Shape, U extends string = NoNumber>(
  of: PerSample<L, S, U>,
): Expr<'pair', S, U> => ({ term: { op: 'pair', of: toTerm(of, 'pair') } })

type Differentiable<S extends Shape, U extends string> =
  IsScalar<S> extends true
    ? Expr<'sample', S, U>
    : `grad differentiates one number per sample, but this is ${Show<S>} per sample`

/**
 * The gradient of `of`, summed over the batch, by each sample of `by`; it has the shape of `by`. If no layer mixes samples, this is the
 * gradient of each sample's number.
 *
 * @example E(square(sub(norm(grad(D(x), x)), 1)))
 */
export const grad = <
  S extends Shape,
  U extends string = NoNumber,
  T extends Shape = Shape,
  V extends string = NoNumber,
>(
  of: Differentiable<S, U>,
  by: Expr<'sample', T, V>,
): Expr<'sample', T, U | V> => ({ term: { op: 'grad', of: toTerm(of, 'grad', 'of'), by: toTerm(by, 'grad', 'by') } })
