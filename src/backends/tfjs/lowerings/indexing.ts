import { at } from '../../../ir/present.ts'
import { size } from '../../../ir/program.ts'
import type { Lowering, Scope, Table, Value } from '../lowering.ts'
import { product } from './matmul.ts'
import { reshape } from './movement.ts'

/** Whole numbers held in floats, as a vector of integers. */
const wholeNumbers = (scope: Scope, x: Value): Value => {
  const flat = reshape(scope, x, [size(x.shape)])
  return scope.kernel('Cast', { x: flat.slot }, { dtype: 'int32' }, flat.shape)
}

/** Rows that are joined into one, in the order in which a sum takes them: a place among the rows as ones, and a product. */
export const scatterAsProduct: Lowering<'scatter'> = (node, scope) => {
  const [updates, places] = node.inputs
  const indices = wholeNumbers(scope, scope.whole(places))
  const count = size(indices.shape)
  const rows = node.params.size
  const attributes = { depth: rows, onValue: 1, offValue: 0, dtype: 'float32' }
  const hot = scope.kernel('OneHot', { indices: indices.slot }, attributes, [count, rows])
  const width = size(node.shape.slice(1))
  const matrix = reshape(scope, scope.whole(updates), [count, width])
  return reshape(scope, product(scope, hot, matrix, { transposeA: true }), node.shape)
}

export const indexingLowerings = {
  gather: (node, scope) => {
    const [first, second] = node.inputs
    const [table, places] = [scope.whole(first), scope.whole(second)]
    const indices = wholeNumbers(scope, places)
    const width = size(table.shape.slice(1))
    const shape = [size(places.shape), width]
    const x = reshape(scope, table, [at(table.shape, 0), width])
    const inputs = { x: x.slot, indices: indices.slot }
    return reshape(scope, scope.kernel('GatherV2', inputs, { axis: 0, batchDims: 0 }, shape), node.shape)
  },
  scatter: (node, scope) => {
    const [first, second] = node.inputs
    const [updates, places] = [scope.whole(first), scope.whole(second)]
    const rows = node.params.size
    const width = size(node.shape.slice(1))
    const indices = reshape(scope, wholeNumbers(scope, places), [size(places.shape), 1])
    const summed = scope.kernel(
      'ScatterNd',
      { indices: indices.slot, updates: reshape(scope, updates, [size(places.shape), width]).slot },
      { shape: [rows, width] },
      [rows, width],
    )
    return reshape(scope, summed, node.shape)
  },
} satisfies Partial<Table>
