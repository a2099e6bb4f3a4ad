import { int } from '../graph.ts'
import type { Table } from '../lowering.ts'

export const sourceLowerings = {
  constant: ({ params }, scope) => ({ name: scope.floats(params.shape, params.values), shape: params.shape }),
  state: ({ params }, scope) => ({ name: scope.state(params.name), shape: params.shape }),
  /** Takes this step's row of a draw, which holds all steps of the call. */
  draw: ({ params }, scope) => ({
    name: scope.node('Gather', [scope.draw(params.name), scope.iteration], { axis: int(0) }),
    shape: params.shape,
  }),
  /** Counts in int64, and is exact up to float32's limit of 2^24. */
  step: (_, scope) => ({
    name: scope.node('Cast', [scope.node('Add', [scope.first, scope.iteration])], { to: int(1) }),
    shape: [],
  }),
} satisfies Partial<Table>
