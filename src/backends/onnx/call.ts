import type { Program, Shape } from '../../ir/program.ts'
import type { Graph, Port } from './graph.ts'

type Outputs = { readonly [name: string]: string }

/** A program as one ONNX graph. */
export interface Call {
  /** Whether one run of the graph computes any number of steps, or only one. */
  readonly does: 'steps' | 'step'
  readonly graph: Graph
  /** The state tensors that the graph reads. */
  readonly reads: readonly string[]
  /** The names of the graph's outputs, by the program's names. */
  readonly writes: Outputs
  readonly metrics: Outputs
}

/** The names of the graph's inputs, and of outputs that it names itself. */
export const ports = {
  count: 'count',
  first: 'first',
  state: (name: string) => `state ${name}`,
  draw: (name: string) => `draw ${name}`,
  next: (name: string) => `next ${name}`,
  metric: (name: string) => `metric ${name}`,
} as const

export const float = (name: string, shape: Port['shape']): Port => ({ name, type: 'float', shape })

export const shapeOf = (shapes: { readonly [name: string]: Shape }, name: string): Shape => {
  const shape = shapes[name]
  if (shape === undefined) throw new Error(`the program does not declare ${name}`)
  return shape
}

/** The state that a program's nodes read. */
export const stateNodes = (program: Program): readonly string[] =>
  program.nodes.flatMap((node) => (node.op === 'state' ? [node.params.name] : []))
