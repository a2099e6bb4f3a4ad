import type { Table } from '../lowering.ts'

export const sourceLowerings = {
  constant: ({ params }, scope) => scope.constant(params.shape, params.values),
  state: ({ params }, scope) => scope.leaf('state', params.name, params.shape),
  draw: ({ params }, scope) => scope.leaf('draw', params.name, params.shape),
  step: (_, scope) => scope.step(),
} satisfies Partial<Table>
