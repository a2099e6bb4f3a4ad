import type { NodeId, NodeOf, Op, Shape } from '../../ir/program.ts'
import type { Attributes, Inputs } from './kernelCall.ts'
import type { Instruction, Slot } from './plan.ts'

/**
 * A value of the plan. Its shape may be smaller than that of the program's node, as long as it broadcasts to it: elementwise kernels
 * broadcast their inputs.
 */
export interface Value {
  readonly slot: Slot
  readonly shape: Shape
}

/** The interface with which a node is lowered. */
export interface Scope {
  /** Adds a kernel call with the shape of its result. Reuses an equal call. */
  readonly kernel: (name: string, inputs: Inputs<Slot>, attributes: Attributes, shape: Shape) => Value
  /** A constant: one value per element, or one for all. */
  readonly constant: (shape: Shape, values: readonly number[]) => Value
  readonly leaf: (type: 'state' | 'draw', name: string, shape: Shape) => Value
  /** The number of the step, a scalar. */
  readonly step: () => Value
  /** The instruction that computes a value. */
  readonly producer: (slot: Slot) => Instruction
  /** An earlier node's value, possibly not yet broadcast. */
  readonly value: (id: NodeId) => Value
  /** An earlier node's value, broadcast to that node's full shape. */
  readonly whole: (id: NodeId) => Value
}

export type Lowering<O extends Op> = (node: NodeOf<O>, scope: Scope) => Value

export type Table = { readonly [O in Op]: Lowering<O> }

/** The value of a constant that is filled with one number; `undefined` for anything else. */
export const numberOf = (scope: Scope, { slot }: Value): number | undefined => {
  const made = scope.producer(slot)
  return made.type === 'constant' && made.values.length === 1 ? made.values[0] : undefined
}
