import type { Builder } from '../builder.ts'
import { at, invariant } from '../present.ts'
import { type NodeId, type Shape, size } from '../program.ts'
import { element as elementAt } from './element.ts'
import { type OpDefinition, strides, walk } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

type Reduction = 'sum' | 'max'

const reduced = ({ axes }: { readonly axes: readonly number[] }, [x]: readonly [Shape]): Shape => {
  invariant(
    axes.every((axis, i) => axis >= 0 && axis < x.length && (i === 0 || axis > at(axes, i - 1))),
    () => `axes [${axes}] of shape [${x}] must be in range and ascending`,
  )
  return x.filter((_, axis) => !axes.includes(axis))
}

/** Broadcasts a reduced value to the shape before the reduction. */
const spread = (b: Builder, y: NodeId, shape: Shape, axes: readonly number[]): NodeId =>
  b.broadcast(
    b.reshape(
      y,
      shape.map((n, axis) => (axes.includes(axis) ? 1 : n)),
    ),
    shape,
  )

const reduce = (
  x: Float64Array,
  shape: Shape,
  axes: readonly number[],
  start: number,
  combine: (a: number, b: number) => number,
): Float64Array => {
  const kept = shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
  const result = new Float64Array(size(kept)).fill(start)
  const steps = strides(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride))
  walk(shape, strides(shape), steps, (i, j) => {
    result[j] = combine(element(result, j), element(x, i))
  })
  return result
}

export const reductionOps: { readonly [O in Reduction]: OpDefinition<O> } = {
  sum: {
    arity: 1,
    rounds: true,
    shape: reduced,
    gradient: ({ builder: b, params, inputs: [x], gradient }) => [spread(b, gradient, b.shape(x), params.axes)],
    evaluate: ({ axes }, [x], [shape]) => reduce(x, shape, axes, 0, (a, c) => a + c),
  },
  // Elements that tie for the maximum share its gradient.
  max: {
    arity: 1,
    rounds: false,
    shape: reduced,
    gradient: ({ builder: b, params: { axes }, inputs: [x], output, gradient }) => {
      const shape = b.shape(x)
      const winners = b.equal(x, spread(b, output, shape, axes))
      return [b.mul(winners, spread(b, b.div(gradient, b.sum(winners, axes)), shape, axes))]
    },
    evaluate: ({ axes }, [x], [shape]) => reduce(x, shape, axes, Number.NEGATIVE_INFINITY, Math.max),
  },
}
