import type { NodeOf, Op } from '../../../ir/program.ts'
import { convolutionLowerings } from '../convolution/lowerings.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { elementwiseLowerings } from './elementwise.ts'
import { indexingLowerings } from './indexing.ts'
import { matmulLowerings } from './matmul.ts'
import { movementLowerings } from './movement.ts'
import { reductionLowerings } from './reduction.ts'
import { sourceLowerings } from './sources.ts'

const table: Table = {
  ...sourceLowerings,
  ...elementwiseLowerings,
  ...matmulLowerings,
  ...convolutionLowerings,
  ...reductionLowerings,
  ...movementLowerings,
  ...indexingLowerings,
}

export const lowerNode = <O extends Op>(node: NodeOf<O>, scope: Scope): Value => table[node.op](node, scope)
