import type { Builder } from '../builder.ts'
import { at } from '../present.ts'
import type { Arity, NodeId, Op, Params, Shape, Tuples } from '../program.ts'

/** The arguments of a gradient rule: the builder to add nodes to, the node's parts, and the gradient of its result. */
interface Backward<P, N extends keyof Tuples<NodeId>> {
  readonly builder: Builder
  readonly params: P
  readonly inputs: Tuples<NodeId>[N]
  readonly output: NodeId
  readonly gradient: NodeId
}

/**
 * The definition of an op with parameters P and N inputs. Its shape rule throws on operands that do not fit. The shapes of users
 * are checked before a program is made, so that is a broken invariant.
 */
export interface Definition<P, N extends keyof Tuples<NodeId>> {
  readonly arity: N
  /** Whether float32 rounds its result. An exact op only selects, moves or copies numbers. */
  readonly rounds: boolean
  readonly shape: (params: P, inputs: Tuples<Shape>[N]) => Shape
  /** The gradient of each input; `undefined` for an input without one. */
  readonly gradient: (backward: Backward<P, N>) => Tuples<NodeId | undefined>[N]
  /** Computes the value in float64, row-major. Leaves throw: the caller gives their values. */
  readonly evaluate: (
    params: P,
    inputs: Tuples<Float64Array>[N],
    shapes: Tuples<Shape>[N],
    shape: Shape,
  ) => Float64Array
}
export type OpDefinition<O extends Op> = Definition<Params[O], Arity[O]>

/** The row-major strides of a shape: how far apart neighbours along each axis are. */
export const strides = (shape: Shape): readonly number[] => {
  const result = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) result[axis] = at(result, axis + 1) * at(shape, axis + 1)
  return result
}

/** Visits a shape in row-major order, with the offsets by two sets of strides. */
export const walk = (
  shape: Shape,
  left: readonly number[],
  right: readonly number[],
  visit: (left: number, right: number) => void,
): void => {
  const descend = (axis: number, i: number, j: number): void => {
    if (axis === shape.length) {
      visit(i, j)
      return
    }
    const [count, di, dj] = [at(shape, axis), at(left, axis), at(right, axis)]
    if (axis === shape.length - 1) for (let n = 0; n < count; n++) visit(i + n * di, j + n * dj)
    else for (let n = 0; n < count; n++) descend(axis + 1, i + n * di, j + n * dj)
  }
  if (shape.every((n) => n > 0)) descend(0, 0, 0)
}
