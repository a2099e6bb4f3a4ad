import type { NodeId, NodeOf, Op, Shape } from '../../ir/program.ts'
import type { Attributes, Inputs } from './kernelCall.ts'
import type { Instruction, Slot } from './plan.ts'

/**
 * A value of the plan. Its shape may be smaller than that of the program's node it stands for, in such a way that it
 * broadcasts to it: elementwise kernels repeat their inputs themselves.
 */
export interface Value {
  readonly slot: Slot
  readonly shape: Shape
}

/** What the lowering of one node has at hand. */
export interface Scope {
  /** A kernel of tfjs and the shape that it makes. An equal call is not made twice. */
  readonly kernel: (name: string, inputs: Inputs<Slot>, attributes: Attributes, shape: Shape) => Value
  /** As many values as the shape has elements, or one for all of them. */
  readonly constant: (shape: Shape, values: readonly number[]) => Value
  readonly leaf: (type: 'state' | 'draw', name: string, shape: Shape) => Value
  /** The number of the step, a scalar. */
  readonly step: () => Value
  /** What makes a value. */
  readonly producer: (slot: Slot) => Instruction
  /** An earlier node's value, possibly small. */
  readonly value: (id: NodeId) => Value
  /** An earlier node's value in that node's whole shape. */
  readonly whole: (id: NodeId) => Value
}

export type Lowering<O extends Op> = (node: NodeOf<O>, scope: Scope) => Value

export type Table = { readonly [O in Op]: Lowering<O> }

/** The number that all of a constant holds; none where a value is none such. */
export const numberOf = (scope: Scope, { slot }: Value): number | undefined => {
  const made = scope.producer(slot)
  return made.type === 'constant' && made.values.length === 1 ? made.values[0] : undefined
}
