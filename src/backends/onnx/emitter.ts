import type { Shape } from '../../ir/program.ts'
import { type Constants, createConstants, once } from './constants.ts'
import { type Attribute, type Attributes, type GraphNode, type Initializer, int, type Port } from './graph.ts'

/** A tensor's name, and its shape where it is read. */
export interface Piece {
  readonly name: string
  readonly shape: Shape
}

/** The result of a scan's body for one slice of each input. */
export interface Turn {
  /** The carried values for the next slice, in order. */
  readonly carried: readonly Piece[]
  /** The results of this slice. */
  readonly made: readonly Piece[]
}

/** The inputs of a scan, with the shapes that its body sees. */
export interface Scan {
  /** The initial values that are carried from slice to slice. */
  readonly carried: readonly Piece[]
  /** Inputs that are sliced along a leading axis. */
  readonly sliced: readonly Piece[]
}

/** Writes the nodes of one graph. Equal nodes become one, so that common subexpressions are computed once. */
export interface Emitter extends Omit<Constants, 'initializers'> {
  /** Adds a node with one output, and returns the output's name. The node's name contains `origin`, for error messages. */
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
  /** The node that computes a value; `undefined` for constants and inputs. */
  readonly producer: (name: string) => GraphNode | undefined
  /** An output name for a value. A graph must not return an input, a constant, or the same value twice. */
  readonly result: (origin: string, name: string) => string
  /** Only the nodes that the results need, because onnxruntime would also run the others. */
  readonly finish: () => { readonly nodes: readonly GraphNode[]; readonly initializers: readonly Initializer[] }
}

/** The inputs of a node, including those of its subgraphs. */
const readsOf = ({ inputs, attributes }: GraphNode): readonly string[] => [
  ...inputs,
  ...Object.values(attributes).flatMap((attribute: Attribute) =>
    attribute.type === 'graph' ? attribute.value.nodes.flatMap(readsOf) : [],
  ),
]

/** Sorts nodes topologically. */
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

/** `prefix` starts every generated name, so that names are unique across subgraphs. */
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
