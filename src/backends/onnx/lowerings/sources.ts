import { int } from '../graph.ts'
import type { Table } from '../lowering.ts'

export const sourceLowerings = {
  constant: ({ params }, scope) => ({ name: scope.floats(params.shape, params.values), shape: params.shape }),
  state: ({ params }, scope) => ({ name: scope.state(params.name), shape: params.shape }),
  /** A draw holds all steps of the call: this step's row is taken. */
  draw: ({ params }, scope) => ({
    name: scope.node('Gather', [scope.draw(params.name), scope.iteration], { axis: int(0) }),
    shape: params.shape,
  }),
  /** Counted in int64, so that it is exact until a float no longer is, at 2^24. */
  step: (_, scope) => ({
    name: scope.node('Cast', [scope.node('Add', [scope.first, scope.iteration])], { to: int(1) }),
    shape: [],
  }),
} satisfies Partial<Table>
