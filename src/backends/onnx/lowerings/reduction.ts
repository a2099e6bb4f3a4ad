import type { NodeOf } from '../../../ir/program.ts'
import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { one, type Table, type Value } from '../lowering.ts'

const reduce =
  (op: string) =>
  (node: NodeOf<'sum'> | NodeOf<'max'>, scope: Scope): Value => ({
    name:
      node.params.axes.length === 0
        ? scope.whole(one(node))
        : scope.node(op, [scope.whole(one(node)), scope.integers(node.params.axes)], { keepdims: int(0) }),
    shape: node.shape,
  })

export const reductionLowerings = {
  sum: reduce('ReduceSum'),
  max: reduce('ReduceMax'),
} satisfies Partial<Table>
