import type { Builder } from './builder.ts'
import type { Node, NodeId, Op } from './program.ts'

/**
 * A rewriting that a builder tries on each node of the named ops as it is made: a node that means the same, or `undefined`
 * to leave it as it is. A rule sees a node's inputs already rewritten.
 */
export interface Rule {
  readonly name: string
  readonly ops: readonly Op[]
  readonly apply: (builder: Builder, node: Node) => NodeId | undefined
}
