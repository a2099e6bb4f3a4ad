import type { Builder } from './builder.ts'
import { ancestorsOf } from './gradient.ts'
import { again } from './node.ts'
import type { NodeId } from './program.ts'

/**
 * Makes `root` again with another node in a node's place. Whatever depends on it goes through the builder's rules anew.
 * Gives the new root.
 */
export const substitute = (builder: Builder, root: NodeId, from: NodeId, to: NodeId): NodeId => {
  const replaced = new Map<NodeId, NodeId>([[from, to]])
  const ordered = [...ancestorsOf(builder, root, from)].sort((a, b) => a - b)
  for (const id of ordered) {
    const node = builder.node(id)
    if (replaced.has(id) || !node.inputs.some((input) => replaced.has(input))) continue
    const inputs = node.inputs.map((input) => replaced.get(input) ?? input)
    replaced.set(id, again(builder, node, inputs))
  }
  return replaced.get(root) ?? root
}
