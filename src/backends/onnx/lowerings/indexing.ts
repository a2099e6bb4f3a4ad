import { size } from '../../../ir/program.ts'
import { int, text } from '../graph.ts'
import type { Scope, Table } from '../lowering.ts'
import { reshape } from './movement.ts'

/** Converts whole numbers in float32 to int64. */
const wholeNumbers = (scope: Scope, name: string): string => scope.node('Cast', [name], { to: int(7) })

/** Adds row i of `updates` [n, width] to row `indices[i]` of zeros. ScatterElements wants an index for every element. */
const scatterRows = (
  scope: Scope,
  updates: string,
  indices: string,
  [n, width, rows]: readonly [number, number, number],
) => {
  const zeros = scope.node('Expand', [scope.floats([], [0]), scope.integers([rows, width])])
  const column = reshape(scope, indices, [n, 1])
  const everywhere = width === 1 ? column : scope.node('Expand', [column, scope.integers([n, width])])
  return scope.node('ScatterElements', [zeros, everywhere, updates], { axis: int(0), reduction: text('add') })
}

export const indexingLowerings = {
  gather: (node, scope) => {
    const [table, indices] = node.inputs
    const name = scope.node('Gather', [scope.whole(table), wholeNumbers(scope, scope.whole(indices))], { axis: int(0) })
    return { name, shape: node.shape }
  },
  scatter: (node, scope) => {
    const [updates, indices] = node.inputs
    const rows = node.params.size
    const n = size(scope.shape(indices))
    const width = size(node.shape.slice(1))
    const summed = scatterRows(
      scope,
      reshape(scope, scope.whole(updates), [n, width]),
      wholeNumbers(scope, scope.whole(indices)),
      [n, width, rows],
    )
    return { name: reshape(scope, summed, node.shape), shape: node.shape }
  },
} satisfies Partial<Table>
