import { type NodeOf, size } from '../../../ir/program.ts'
import { int } from '../graph.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { gemm } from './matmul.ts'
import { reshape } from './movement.ts'

const reduce = (op: string, node: NodeOf<'sum'> | NodeOf<'max'>, scope: Scope): Value => {
  const x = scope.whole(node.inputs[0])
  const { axes } = node.params
  const name = axes.length === 0 ? x : scope.node(op, [x, scope.integers(axes)], { keepdims: int(0) })
  return { name, shape: node.shape }
}

/** From this size on, a product with ones is two to ten times as fast as ReduceSum, whose threads contend. */
const leastRows = 64
const leastColumns = 16
/** Rows with fewer columns than this are merged. */
const rowsPerRow = 16

/** The sum over all leading axes, as bias gradients are, as `ones [1, rows] x [rows, columns]`. */
const sumRows = (node: NodeOf<'sum'>, scope: Scope, rows: number, columns: number): Value => {
  const matrix = reshape(scope, scope.whole(node.inputs[0]), [rows, columns])
  const ones = scope.node('Expand', [scope.floats([], [1]), scope.integers([1, rows])])
  return { name: reshape(scope, gemm(scope, ones, matrix), node.shape), shape: node.shape }
}

/** Sums the rows of a narrow matrix: merges several rows into one of a wider matrix, then sums the few remaining rows. */
const sumNarrowRows = (node: NodeOf<'sum'>, scope: Scope, rows: number, columns: number): Value => {
  const matrix = reshape(scope, scope.whole(node.inputs[0]), [rows / rowsPerRow, rowsPerRow * columns])
  const ones = scope.node('Expand', [scope.floats([], [1]), scope.integers([1, rows / rowsPerRow])])
  const few = reshape(scope, gemm(scope, ones, matrix), [rowsPerRow, columns])
  const name = scope.node('ReduceSum', [few, scope.integers([0])], { keepdims: int(0) })
  return { name: reshape(scope, name, node.shape), shape: node.shape }
}

const sum = (node: NodeOf<'sum'>, scope: Scope): Value => {
  const leading = node.params.axes.every((axis, place) => axis === place)
  const columns = size(node.shape)
  const rows = size(scope.shape(node.inputs[0])) / columns
  if (leading && columns < leastColumns && rows % rowsPerRow === 0 && rows >= leastRows * rowsPerRow * rowsPerRow)
    return sumNarrowRows(node, scope, rows, columns)
  const wide = leading && rows >= leastRows && columns >= leastColumns
  return wide ? sumRows(node, scope, rows, columns) : reduce('ReduceSum', node, scope)
}

export const reductionLowerings = {
  sum,
  /** onnxruntime's maximum may ignore a NaN among other values. */
  max: (node, scope) => reduce('ReduceMax', node, scope),
} satisfies Partial<Table>
