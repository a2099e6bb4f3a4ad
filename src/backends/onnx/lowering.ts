import type { NodeId, NodeOf, Op, Shape } from '../../ir/program.ts'
import type { Emitter, Scan, Turn } from './emitter.ts'
import type { Attributes } from './graph.ts'

/**
 * A tensor of the graph. Its shape may be smaller than that of the program's node it stands for, in such a way that it
 * broadcasts to it: ONNX's elementwise operators repeat their inputs themselves, at no cost.
 */
export interface Value {
  readonly name: string
  readonly shape: Shape
}

/** What is to run a graph. */
export type Processor = 'cpu' | 'gpu'

/** How the graph around a step names what the step reads. */
export interface Surroundings {
  readonly state: (name: string) => string
  readonly draw: (name: string) => string
  /** The number of steps done in this call, an int64 scalar. */
  readonly iteration: string
  /** The number of the call's first step, an int64 scalar. */
  readonly first: string
  /** How many bytes a convolution works on at a time: a batch that needs more is taken a few samples at a time. */
  readonly working: number
  readonly processor: Processor
}

/** What the lowering of one node has at hand. */
export interface Scope extends Surroundings, Pick<Emitter, 'producer' | 'number' | 'floats' | 'integers' | 'indices'> {
  /** Adds an ONNX node with one output and yields that output's name. An equal node is not made twice. */
  readonly node: (op: string, inputs: readonly string[], attributes?: Attributes) => string
  /** Does the same to one slice of the inputs after the other; yields what is carried in the end, then the results. */
  readonly scan: (
    inputs: Scan,
    body: (scope: Scope, carried: readonly string[], sliced: readonly string[]) => Turn,
  ) => readonly string[]
  /** An earlier node's value, possibly small. */
  readonly value: (id: NodeId) => Value
  /** The name of an earlier node's value in that node's whole shape. */
  readonly whole: (id: NodeId) => string
  /** The shape of an earlier node. */
  readonly shape: (id: NodeId) => Shape
}

export type Lowering<O extends Op> = (node: NodeOf<O>, scope: Scope) => Value

export type Table = { readonly [O in Op]: Lowering<O> }
