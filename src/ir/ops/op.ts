import type { Builder } from '../builder.ts'
import { at } from '../present.ts'
import type { Arity, NodeId, Op, Params, Shape, Tuples } from '../program.ts'

/** What a gradient rule is given: the builder to write into, the node's parts, and the gradient that reaches its result. */
interface Backward<P, N extends keyof Tuples<NodeId>> {
  readonly builder: Builder
  readonly params: P
  readonly inputs: Tuples<NodeId>[N]
  readonly output: NodeId
  readonly gradient: NodeId
}

/**
 * All that is known of an op of these parameters and this number of inputs. A shape rule throws on operands that do not
 * fit: users' shapes are checked before a program is made, so that is a broken invariant of ours.
 */
export interface Definition<P, N extends keyof Tuples<NodeId>> {
  readonly arity: N
  /** Whether its float32 result is rounded. An op that is exact chooses, moves or copies numbers that are there. */
  readonly rounds: boolean
  readonly shape: (params: P, inputs: Tuples<Shape>[N]) => Shape
  /** The gradient that reaches each input; `undefined` where none does. */
  readonly gradient: (backward: Backward<P, N>) => Tuples<NodeId | undefined>[N]
  /** The meaning in float64, row-major. Not for leaves, whose value the caller gives. */
  readonly evaluate: (
    params: P,
    inputs: Tuples<Float64Array>[N],
    shapes: Tuples<Shape>[N],
    shape: Shape,
  ) => Float64Array
}
export type OpDefinition<O extends Op> = Definition<Params[O], Arity[O]>

/** Elements between neighbours along each axis, row-major. */
export const strides = (shape: Shape): readonly number[] => {
  const result = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) result[axis] = at(result, axis + 1) * at(shape, axis + 1)
  return result
}

/** Visits a shape in row-major order with the offsets that two sets of strides give. */
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
