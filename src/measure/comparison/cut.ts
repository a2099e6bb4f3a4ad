import { at } from '../../ir/present.ts'
import type { NodeId, Program } from '../../ir/program.ts'
import { withoutDeadCode } from '../../ir/simplify.ts'

/** Whether a node's value is given, not computed. */
export const isLeaf = (program: Program, id: NodeId): boolean => at(program.nodes, id).inputs.length === 0

/**
 * Cut a program behind a node: the computed values that cross the cut. All that comes after it is made of them and of what
 * is given, so that what is wrong in them is wrong before the cut.
 */
export const frontier = (program: Program, last: NodeId): readonly NodeId[] => {
  const crossing = new Set<NodeId>(
    [...Object.values(program.writes), ...Object.values(program.metrics)].filter((id) => id <= last),
  )
  for (const node of program.nodes.slice(last + 1)) for (const id of node.inputs) if (id <= last) crossing.add(id)
  return [...crossing].filter((id) => !isLeaf(program, id)).sort((a, b) => a - b)
}

/** The part of a program that some of its nodes need, and reports; nothing is written. */
export const reporting = (program: Program, ids: readonly NodeId[]): Program =>
  withoutDeadCode({ ...program, writes: {}, metrics: Object.fromEntries(ids.map((id) => [nameOf(id), id])) })

/** What a node is called among the metrics of `reporting`. */
export const nameOf = (id: NodeId): string => `node ${id}`
