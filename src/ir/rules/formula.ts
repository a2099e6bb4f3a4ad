import type { Builder } from '../builder.ts'
import { again } from '../node.ts'
import type { Node, NodeId, Op } from '../program.ts'

/** What was made in place of a node of a formula; `undefined` where its form was not known. */
export type Made = (x: NodeId) => NodeId | undefined

/**
 * Makes something in place of a formula from what is made in place of its parts. Parts come first, and a shared part is
 * made once: the depth and the sharing of a formula cost no stack and no time.
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

/** Ops that only move elements of their first input: a function of one number may be applied before them as well as after. */
const moves: ReadonlySet<Op> = new Set<Op>(['reshape', 'transpose', 'broadcast', 'slice', 'gather'])

/** The nodes whose elements a node only moves. */
export const movedBy = (node: Node): readonly NodeId[] =>
  moves.has(node.op) ? node.inputs.slice(0, 1) : node.op === 'concat' ? node.inputs : []

/** The same movement of what was made; of a concatenation's parts, `otherwise` makes those of unknown form. */
export const moved = (b: Builder, x: NodeId, made: Made, otherwise: (x: NodeId) => NodeId): NodeId | undefined => {
  const node = b.node(x)
  const parts = movedBy(node)
  if (parts.every((part) => made(part) === undefined)) return undefined
  const others = node.inputs.slice(parts.length)
  return again(b, node, [...parts.map((part) => made(part) ?? otherwise(part)), ...others])
}

/** Applies a function, known for some nodes, before whatever only moves their elements. */
export const throughMoves = (
  b: Builder,
  root: NodeId,
  known: (x: NodeId) => NodeId | undefined,
  otherwise: (x: NodeId) => NodeId,
): NodeId | undefined => bottomUp(b, root, movedBy, (x, made) => known(x) ?? moved(b, x, made, otherwise))
