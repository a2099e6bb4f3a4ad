import type { Builder } from './builder.ts'
import { backward } from './ops/table.ts'
import { derived } from './origin.ts'
import type { NodeId } from './program.ts'

/**
 * Reverse-mode differentiation. It adds nodes to the same builder, so gradients can be differentiated again. Returns, for each
 * node of `wrt`, the gradient of the sum of all elements of `of` (or of its inner product with `seed`). A gradient has its
 * node's shape, and is zero if `of` does not depend on the node.
 */
export const gradient = (
  builder: Builder,
  of: NodeId,
  wrt: readonly NodeId[],
  seed: NodeId = builder.full(builder.shape(of), 1),
): readonly NodeId[] => {
  const path = between(builder, of, wrt)
  const reached = new Map<NodeId, NodeId>([[of, seed]])
  for (const id of path) {
    const g = reached.get(id)
    const node = builder.node(id)
    if (g === undefined || node.inputs.length === 0) continue
    const parts = backward(builder.from(derived(node.origin)), node, id, g)
    // A node may read one input twice. Its two gradients are summed first: for x * x that gives 2 x.
    for (const input of new Set(node.inputs)) {
      const sent = node.inputs.flatMap((other, i) => (other === input ? (parts[i] ?? []) : []))
      if (!path.has(input) || sent.length === 0) continue
      const sum = sent.reduce((all, part) => builder.add(all, part))
      const before = reached.get(input)
      reached.set(input, before === undefined ? sum : builder.add(before, sum))
    }
  }
  return wrt.map((id) => reached.get(id) ?? builder.full(builder.shape(id), 0))
}

/** The nodes on any path from `wrt` to `of`, last first. */
const between = (builder: Builder, of: NodeId, wrt: readonly NodeId[]): ReadonlySet<NodeId> => {
  const oldest = wrt.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY)
  const ancestors = [...ancestorsOf(builder, of, oldest)].sort((a, b) => a - b)
  const onTheWay = new Set<NodeId>(wrt)
  for (const id of ancestors) if (builder.node(id).inputs.some((input) => onTheWay.has(input))) onTheWay.add(id)
  return new Set(ancestors.filter((id) => onTheWay.has(id)).reverse())
}

/**
 * A node and all nodes that it depends on, down to the id `oldest`. A node reads only nodes with smaller ids, so a node that
 * depends on `oldest` has a greater id. The bound keeps the cost of a gradient independent of earlier parts of the program.
 */
export const ancestorsOf = (builder: Builder, root: NodeId, oldest: number): ReadonlySet<NodeId> => {
  const found = new Set<NodeId>([root])
  for (const id of found) for (const input of builder.node(id).inputs) if (input >= oldest) found.add(input)
  return found
}
