import type { Builder } from './builder.ts'
import { inputsOf } from './ops/table.ts'
import type { Node, NodeId, NodeOf, Op } from './program.ts'

/** Makes a node whose op, parameters, inputs and shape agree in type. */
export const makeNode = <O extends Op>(node: NodeOf<O>): Node => {
  // The union of all NodeOf<O> is Node; TypeScript can't say so of a type parameter.
  return node as unknown as Node
}

/** The same node with other inputs. */
export const withInputs = <O extends Op>(node: NodeOf<O>, inputs: readonly NodeId[]): Node =>
  makeNode({ ...node, inputs: inputsOf(node.op, inputs) })

/** Adds the same op with other inputs to the builder. */
export const again = (b: Builder, node: Node, inputs: readonly NodeId[]): NodeId =>
  b.from(node.origin).emit(node.op, node.params, inputsOf(node.op, inputs))
