import { size } from '../../../ir/program.ts'
import { greatestRank, joinMarked } from '../axes.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { product } from './matmul.ts'
import { reshape } from './movement.ts'

/** Over the marked of axes that are as few as can be. */
const reduce = (scope: Scope, x: Value, axes: readonly number[], kernel: 'Sum' | 'Max'): Value => {
  const left = x.shape.filter((_, axis) => !axes.includes(axis))
  if (axes.length === 0) return x
  const { shape, marked } = joinMarked(x.shape, (axis) => axes.includes(axis))
  if (shape.length > greatestRank)
    return [...axes].reverse().reduce((reduced, axis) => reduce(scope, reduced, [axis], kernel), x)
  const attributes =
    kernel === 'Sum' ? { axis: marked, keepDims: false } : { reductionIndices: marked, keepDims: false }
  const joined = shape.filter((_, place) => !marked.includes(place))
  return reshape(scope, scope.kernel(kernel, { x: reshape(scope, x, shape).slot }, attributes, joined), left)
}

/** The sum over all leading axes, as gradients of biases are, as `ones [1, rows] x [rows, columns]`: Sum would transpose first. */
const sumRows = (scope: Scope, x: Value, axes: readonly number[]): Value => {
  const left = x.shape.slice(axes.length)
  const rows = size(x.shape.slice(0, axes.length))
  const ones = scope.constant([1, rows], [1])
  return reshape(scope, product(scope, ones, reshape(scope, x, [rows, size(left)]), {}), left)
}

const isLeading = (axes: readonly number[], x: Value): boolean =>
  axes.length > 0 && axes.every((axis, place) => axis === place) && size(x.shape.slice(axes.length)) > 1

export const reductionLowerings = {
  sum: (node, scope) => {
    const x = scope.whole(node.inputs[0])
    const { axes } = node.params
    return isLeading(axes, x) ? sumRows(scope, x, axes) : reduce(scope, x, axes, 'Sum')
  },
  max: (node, scope) => reduce(scope, scope.whole(node.inputs[0]), node.params.axes, 'Max'),
} satisfies Partial<Table>
