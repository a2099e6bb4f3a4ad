import type { Builder } from '../builder.ts'
import { again } from '../node.ts'
import type { Node, NodeId, Op } from '../program.ts'

/** The replacement of a node of a formula; `undefined` if its form is unknown. */
export type Made = (x: NodeId) => NodeId | undefined

/**
 * Replaces a formula bottom-up: each node from the replacements of its parts. Each shared part is replaced once, and there is no
 * recursion, so deep or heavily shared formulas are cheap.
 */
export const bottomUp = (
  b: Builder,
  root: NodeId,
  parts: (node: Node) => readonly NodeId[],
  make: (x: NodeId, made: Made) => NodeId | undefined,
): NodeId | undefined => {
  const found = new Set<NodeId>([root])
  for (const id of found) for (const part of parts(b.node(id))) found.add(part)
  const made = new Map<NodeId, NodeId | undefined>()
  for (const id of [...found].sort((x, y) => x - y))
    made.set(
      id,
      make(id, (part) => made.get(part)),
    )
  return made.get(root)
}

/** Ops that only move the elements of their first input. They commute with any elementwise unary function. */
const moves: ReadonlySet<Op> = new Set<Op>(['reshape', 'transpose', 'broadcast', 'slice', 'gather'])

/** The inputs whose elements a node only moves. */
export const movedBy = (node: Node): readonly NodeId[] =>
  moves.has(node.op) ? node.inputs.slice(0, 1) : node.op === 'concat' ? node.inputs : []

/** Applies a node's movement to the replacements of its inputs. In a concatenation, `otherwise` replaces parts of unknown form. */
export const moved = (b: Builder, x: NodeId, made: Made, otherwise: (x: NodeId) => NodeId): NodeId | undefined => {
  const node = b.node(x)
  const parts = movedBy(node)
  if (parts.every((part) => made(part) === undefined)) return undefined
  const others = node.inputs.slice(parts.length)
  return again(b, node, [...parts.map((part) => made(part) ?? otherwise(part)), ...others])
}

/** Applies a function that is known for some nodes, below all ops that only move elements. */
export const throughMoves = (
  b: Builder,
  root: NodeId,
  known: (x: NodeId) => NodeId | undefined,
  otherwise: (x: NodeId) => NodeId,
): NodeId | undefined => bottomUp(b, root, movedBy, (x, made) => known(x) ?? moved(b, x, made, otherwise))
