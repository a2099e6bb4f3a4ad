import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Called, Net } from '../networks/net.ts'
import { type Expr, type LevelOf, type Operand, type ShapeOf, toTerm, type UsesOf } from '../terms/expression.ts'
import type { Term } from '../terms/term.ts'
import type { Shapes } from '../types/shape.ts'

/** What numbers and expressions have, as a bound that TypeScript doesn't take for either. */
type PerhapsOperand = { readonly term?: Term; readonly toFixed?: number['toFixed'] }
type SurelyOperand = { readonly term: unknown } | { readonly toFixed: unknown }

/**
 * One signature and not two overloads: of several `pipe` sees only the last, and `flow` none. The bound of `A` lets
 * TypeScript take the result for a network where `A` is not known, as in the block `flow(relu, conv2d(...))`.
 */
type Pointwise = <A extends PerhapsOperand, I extends Shapes = Called, S extends Shape = Shape>(
  a?: Net<I, S> | (A & (A extends SurelyOperand ? unknown : never)),
) => A extends SurelyOperand ? Expr<LevelOf<A>, ShapeOf<A>, UsesOf<A>> : Net<I, S>

const isNet = (a: Operand | Net<Shapes, Shape> | undefined): a is Net<Shapes, Shape> | undefined =>
  a === undefined || (typeof a === 'object' && a !== null && 'nodes' in a)

/** A function of one variable that is a layer too: of a network it makes a network. */
const pointwise = (op: 'relu' | 'tanh' | 'sigmoid' | 'softplus'): Pointwise => {
  const apply = (a: Operand | Net<Shapes, Shape> | undefined): Expr | Net =>
    isNet(a) ? append({ type: op })(a) : { term: { op, of: toTerm(a, op) } }
  // TypeScript can't check a body against a conditional result.
  return apply as Pointwise
}

/**
 * max(a, 0), of an expression or as a layer that keeps the shape.
 *
 * @example pipe(input([2]), dense(64), relu, dense(1))
 */
export const relu = /* @__PURE__ */ pointwise('relu')
/**
 * The hyperbolic tangent, of an expression or as a layer that keeps the shape.
 *
 * @example pipe(input([64]), dense(784), tanh, reshape([28, 28, 1]))
 */
export const tanh = /* @__PURE__ */ pointwise('tanh')
/**
 * 1 / (1 + exp(-a)), of an expression or as a layer that keeps the shape.
 *
 * @example pipe(input([2]), dense(64), relu, dense(1), sigmoid)
 */
export const sigmoid = /* @__PURE__ */ pointwise('sigmoid')
/**
 * log(1 + exp(a)), of an expression or as a layer that keeps the shape.
 *
 * @example E(softplus(D(fake)))
 */
export const softplus = /* @__PURE__ */ pointwise('softplus')
