import { showOrigin } from '../../ir/origin.ts'
import { type Node, type NodeId, type Program, type Shape, sameShape } from '../../ir/program.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import type { GraphNode, Initializer, Port } from './graph.ts'
import type { Scope, Surroundings, Value } from './lowering.ts'
import { lowerNode } from './lowerings/table.ts'

/** One step as ONNX nodes, and its results in the program's order, with unique names. */
export interface Step {
  readonly nodes: readonly GraphNode[]
  readonly initializers: readonly Initializer[]
  readonly writes: readonly Port[]
  readonly metrics: readonly Port[]
}

const at = <A>(list: readonly A[], place: number): A => {
  const found = list[place]
  if (found === undefined) throw new Error(`node ${place} is read before it is made`)
  return found
}

/** A value, broadcast to its node's full shape. */
const expand = (emitter: Emitter, node: Node, value: Value): string =>
  sameShape(value.shape, node.shape)
    ? value.name
    : emitter.node(showOrigin(node.origin), 'Expand', [value.name, emitter.integers(node.shape)])

export const lowerStep = (program: Program, surroundings: Surroundings): Step => {
  const emitter = createEmitter()
  const values: Value[] = []
  const whole = (id: NodeId): string => expand(emitter, at(program.nodes, id), at(values, id))
  const shape = (id: NodeId): Shape => at(program.nodes, id).shape
  const scopeIn = (within: Emitter, origin: string): Scope => ({
    ...surroundings,
    ...within,
    node: (op, inputs, attributes) => within.node(origin, op, inputs, attributes),
    scan: (inputs, body) =>
      within.scan(origin, inputs, (inner, carried, sliced) => body(scopeIn(inner, origin), carried, sliced)),
    value: (id) => at(values, id),
    whole,
    shape,
  })
  for (const node of program.nodes) values.push(lowerNode(node, scopeIn(emitter, showOrigin(node.origin))))
  const results = (role: string, ends: Program['writes']): readonly Port[] =>
    Object.entries(ends).map(([name, id]) => ({
      name: emitter.result(`${role} ${name}`, whole(id)),
      type: 'float',
      shape: shape(id),
    }))
  const writes = results('state', program.writes)
  const metrics = results('metric', program.metrics)
  return { ...emitter.finish(), writes, metrics }
}
