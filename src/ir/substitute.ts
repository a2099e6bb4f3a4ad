import type { Builder } from './builder.ts'
import { ancestorsOf } from './gradient.ts'
import { again } from './node.ts'
import type { NodeId } from './program.ts'

/**
 * Rebuilds `root` with `to` in place of `from`, and returns the new root. All nodes that depend on `from` pass through the
 * builder's rules again.
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
