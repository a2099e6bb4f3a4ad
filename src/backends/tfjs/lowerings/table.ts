import type { NodeOf, Op } from '../../../ir/program.ts'
import type { Differences } from '../differences.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { convolutionLowerings } from './convolution.ts'
import { elementwiseLowerings } from './elementwise.ts'
import { indexingLowerings } from './indexing.ts'
import { matmulLowerings } from './matmul.ts'
import { movementLowerings } from './movement.ts'
import { reductionLowerings } from './reduction.ts'
import { sourceLowerings } from './sources.ts'

/** What all rows of tfjs share. */
const table: Table = {
  ...sourceLowerings,
  ...elementwiseLowerings,
  ...matmulLowerings,
  ...convolutionLowerings,
  ...reductionLowerings,
  ...movementLowerings,
  ...indexingLowerings,
}

export const lowerNode = <O extends Op>(node: NodeOf<O>, scope: Scope, { ops }: Differences): Value => {
  const lower = ops[node.op]?.lowering ?? table[node.op]
  return lower(node, scope)
}
