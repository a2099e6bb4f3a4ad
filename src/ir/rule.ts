import type { Builder } from './builder.ts'
import type { Node, NodeId, Op } from './program.ts'

/**
 * A rewrite rule. The builder tries it on each new node of the listed ops. It returns an equivalent node, or `undefined` to leave
 * the node alone. The node's inputs are rewritten already.
 */
export interface Rule {
  readonly name: string
  readonly ops: readonly Op[]
  readonly apply: (builder: Builder, node: Node) => NodeId | undefined
}
