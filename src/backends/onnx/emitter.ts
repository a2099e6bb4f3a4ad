import type { Shape } from '../../ir/program.ts'
import { type Constants, createConstants, once } from './constants.ts'
import { type Attribute, type Attributes, type GraphNode, type Initializer, int, type Port } from './graph.ts'

/** A tensor by its name, and what its shape is where it is read. */
export interface Piece {
  readonly name: string
  readonly shape: Shape
}

/** What a scan's body makes of one slice of each input. */
export interface Turn {
  /** What the next slice is to find, in the order of what was carried to this one. */
  readonly carried: readonly Piece[]
  /** This slice's part of the results. */
  readonly made: readonly Piece[]
}

/** The inputs of a scan: shapes are those that the body sees. */
export interface Scan {
  /** Handed from slice to slice, from these values on. */
  readonly carried: readonly Piece[]
  /** Cut along an axis before those of the shape. */
  readonly sliced: readonly Piece[]
}

/** Writes the nodes of one graph. Equal nodes are one node: what two lowerings both need is computed once. */
export interface Emitter extends Omit<Constants, 'initializers'> {
  /** Adds a node with one output, and yields that output's name. `origin` stands in the node's name, for error messages. */
  readonly node: (origin: string, op: string, inputs: readonly string[], attributes?: Attributes) => string
  /**
   * Does the same to one slice of the inputs after the other, in a graph within this one, which sees this one's values
   * too. Yields what is carried in the end, then the results, slices along a new first axis.
   */
  readonly scan: (
    origin: string,
    inputs: Scan,
    body: (emitter: Emitter, carried: readonly string[], sliced: readonly string[]) => Turn,
  ) => readonly string[]
  /** The node that makes a value; none where it is a constant or comes from outside. */
  readonly producer: (name: string) => GraphNode | undefined
  /** The name under which a value leaves the graph, which may not yield an input, a constant, or one value twice. */
  readonly result: (origin: string, name: string) => string
  /** What the results need; onnxruntime would run the rest too. */
  readonly finish: () => { readonly nodes: readonly GraphNode[]; readonly initializers: readonly Initializer[] }
}

/** What a node reads, in the graphs within it too. */
const readsOf = ({ inputs, attributes }: GraphNode): readonly string[] => [
  ...inputs,
  ...Object.values(attributes).flatMap((attribute: Attribute) =>
    attribute.type === 'graph' ? attribute.value.nodes.flatMap(readsOf) : [],
  ),
]

/** Nodes stand before those that read them. */
const needed = (nodes: readonly GraphNode[], results: ReadonlySet<string>): readonly GraphNode[] => {
  const read = new Set(results)
  const kept = [...nodes].reverse().filter((node) => {
    const needs = node.outputs.some((output) => read.has(output))
    if (needs) for (const input of readsOf(node)) read.add(input)
    return needs
  })
  return kept.reverse()
}

const port = ({ name, shape }: Piece): Port => ({ name, type: 'float', shape })

/** `prefix` begins every name that is made, so that no graph within uses a name of this one. */
const emitterOver = ({ initializers, ...constants }: Constants, prefix: string): Emitter => {
  const nodes: GraphNode[] = []
  const producers = new Map<string, GraphNode>()
  const results = new Set<string>()
  const add = (origin: string, op: string, inputs: readonly string[], outputs: string[], attributes: Attributes) => {
    const name = origin === '' ? outputs.join() : `${outputs.join()} of ${origin}`
    const node = { name, op, inputs, outputs, attributes }
    nodes.push(node)
    for (const output of outputs) producers.set(output, node)
  }
  const node = once(() => `${prefix}v${nodes.length}`)
  const result = (origin: string, name: string): string => {
    const free = producers.has(name) && !results.has(name)
    const made = free ? name : `${prefix}result${results.size}`
    if (!free) add(origin, 'Identity', [name], [made], {})
    results.add(made)
    return made
  }
  const scan: Emitter['scan'] = (origin, { carried, sliced }, body) => {
    const within = `${prefix}s${nodes.length}.`
    const inner = emitterOver({ initializers, ...constants }, within)
    const ports = [...carried, ...sliced].map(({ shape }, place) => port({ name: `${within}in${place}`, shape }))
    const names = ports.map(({ name }) => name)
    const turn = body(inner, names.slice(0, carried.length), names.slice(carried.length))
    const yields = [...turn.carried, ...turn.made]
    const ends = yields.map(({ name, shape }) => port({ name: inner.result(origin, name), shape }))
    const outputs = yields.map((_, place) => `${within}out${place}`)
    const value = { name: 'slice', nodes: inner.finish().nodes, initializers: [], inputs: ports, outputs: ends }
    const read = [...carried, ...sliced].map(({ name }) => name)
    add(origin, 'Scan', read, outputs, { body: { type: 'graph', value }, num_scan_inputs: int(sliced.length) })
    return outputs
  }
  return {
    ...constants,
    node: (origin, op, inputs, attributes = {}) =>
      node(JSON.stringify([op, inputs, attributes]), (output) => add(origin, op, inputs, [output], attributes)),
    scan,
    producer: (name) => producers.get(name),
    result,
    finish: () => ({ nodes: needed(nodes, results), initializers }),
  }
}

export const createEmitter = (): Emitter => emitterOver(createConstants(), '')
