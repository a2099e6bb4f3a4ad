import type { Builder } from '../builder.ts'
import { at } from '../present.ts'
import type { NodeId, Op, Params, Shape } from '../program.ts'

/** What a gradient rule is given: the builder to write into, the node's parts, and the gradient that reaches its result. */
interface Backward<O extends Op> {
  readonly builder: Builder
  readonly params: Params[O]
  readonly inputs: readonly NodeId[]
  readonly output: NodeId
  readonly gradient: NodeId
}

/**
 * All that is known of one op. A shape rule throws on operands that do not fit: users' shapes are checked before a program
 * is made, so that is a broken invariant of ours.
 */
export interface OpDefinition<O extends Op> {
  readonly arity: number | 'many'
  /** Whether its float32 result is rounded. An op that is exact chooses, moves or copies numbers that are there. */
  readonly rounds: boolean
  readonly shape: (params: Params[O], inputs: readonly Shape[]) => Shape
  /** The gradient that reaches each input; `undefined` where none does. */
  readonly gradient: (backward: Backward<O>) => readonly (NodeId | undefined)[]
  /** The meaning in float64, row-major. Not for leaves, whose value the caller gives. */
  readonly evaluate: (
    params: Params[O],
    inputs: readonly Float64Array[],
    shapes: readonly Shape[],
    shape: Shape,
  ) => Float64Array
}

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
