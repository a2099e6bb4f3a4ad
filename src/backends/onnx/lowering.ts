import type { NodeId, NodeOf, Op, Shape } from '../../ir/program.ts'
import type { Emitter, Scan, Turn } from './emitter.ts'
import type { Attributes } from './graph.ts'

/**
 * A tensor of the graph. Its shape may be smaller than that of the program's node, as long as it broadcasts to it: ONNX's elementwise
 * operators broadcast their inputs at no cost.
 */
export interface Value {
  readonly name: string
  readonly shape: Shape
}

/** The runtime that will run a graph. */
export type Processor = 'cpu' | 'gpu'

/** The outer graph's names for the inputs of a step. */
export interface Surroundings {
  readonly state: (name: string) => string
  readonly draw: (name: string) => string
  /** The number of completed steps in this call, an int64 scalar. */
  readonly iteration: string
  /** The number of the call's first step, an int64 scalar. */
  readonly first: string
  /** The bytes that a convolution may use at a time. A batch that needs more is processed in slices. */
  readonly working: number
  readonly processor: Processor
}

/** The interface with which a node is lowered. */
export interface Scope extends Surroundings, Pick<Emitter, 'producer' | 'number' | 'floats' | 'integers' | 'indices'> {
  /** Adds an ONNX node with one output, and returns the output's name. Reuses an equal node. */
  readonly node: (op: string, inputs: readonly string[], attributes?: Attributes) => string
  /** Does the same to one slice of the inputs after the other; yields what is carried in the end, then the results. */
  readonly scan: (
    inputs: Scan,
    body: (scope: Scope, carried: readonly string[], sliced: readonly string[]) => Turn,
  ) => readonly string[]
  /** An earlier node's value, possibly not yet broadcast. */
  readonly value: (id: NodeId) => Value
  /** The name of an earlier node's value, broadcast to that node's full shape. */
  readonly whole: (id: NodeId) => string
  /** The shape of an earlier node. */
  readonly shape: (id: NodeId) => Shape
}

export type Lowering<O extends Op> = (node: NodeOf<O>, scope: Scope) => Value

export type Table = { readonly [O in Op]: Lowering<O> }
