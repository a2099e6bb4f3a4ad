import type { Builder } from '../builder.ts'
import type { Node, NodeId, Op } from '../program.ts'

/** The one value that a node has everywhere, where it is such a constant. */
export const constantOf = (b: Builder, x: NodeId): number | undefined => {
  const node = b.node(x)
  if (node.op === 'broadcast') return node.inputs[0] === undefined ? undefined : constantOf(b, node.inputs[0])
  if (node.op !== 'constant') return undefined
  const [first] = node.params.values
  return node.params.values.every((value) => value === first) ? first : undefined
}

/** The input of a node of the given op, where x is one. */
export const inputOf = (b: Builder, x: NodeId, op: Op): NodeId | undefined => {
  const node = b.node(x)
  return node.op === op ? node.inputs[0] : undefined
}

/** Both inputs of a node of two; nothing of others. */
export const operands = (node: Node): readonly [x?: NodeId, y?: NodeId] => {
  const [x, y, more] = node.inputs
  return x !== undefined && y !== undefined && more === undefined ? [x, y] : []
}
