import type { NodeId } from '../../ir/program.ts'

/** The inputs of a node by its op's arity, which the program was checked to have. */

interface Reads {
  readonly inputs: readonly NodeId[]
}

const missing = (): never => {
  throw new Error('broken invariant: an input is missing')
}

export const one = ({ inputs: [x] }: Reads): NodeId => x ?? missing()

export const two = ({ inputs: [x, y] }: Reads): readonly [NodeId, NodeId] => [x ?? missing(), y ?? missing()]

export const three = ({ inputs: [x, y, z] }: Reads): readonly [NodeId, NodeId, NodeId] => [
  x ?? missing(),
  y ?? missing(),
  z ?? missing(),
]
