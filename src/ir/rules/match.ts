import type { Builder } from '../builder.ts'
import type { Node, NodeId, Op } from '../program.ts'

/** The value of a node that is filled with one constant; `undefined` for other nodes. */
export const constantOf = (b: Builder, x: NodeId): number | undefined => {
  const node = b.node(x)
  if (node.op === 'broadcast') return node.inputs[0] === undefined ? undefined : constantOf(b, node.inputs[0])
  if (node.op !== 'constant') return undefined
  const [first] = node.params.values
  return node.params.values.every((value) => value === first) ? first : undefined
}

/** The input of x, if x is a node of the given op. */
export const inputOf = (b: Builder, x: NodeId, op: Op): NodeId | undefined => {
  const node = b.node(x)
  return node.op === op ? node.inputs[0] : undefined
}

/** Both inputs of a binary node; an empty tuple for others. */
export const operands = (node: Node): readonly [x?: NodeId, y?: NodeId] => {
  const [x, y, more] = node.inputs
  return x !== undefined && y !== undefined && more === undefined ? [x, y] : []
}
