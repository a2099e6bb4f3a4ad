import type { Shape } from '../../ir/program.ts'
import type { Attributes, GraphNode, Initializer } from './graph.ts'

/** Writes the nodes of one graph. Equal nodes are one node: what two lowerings both need is computed once. */
export interface Emitter {
  /** Adds a node with one output, and yields that output's name. `origin` stands in the node's name, for error messages. */
  readonly node: (origin: string, op: string, inputs: readonly string[], attributes?: Attributes) => string
  /** The node that makes a value; none where it is a constant or comes from outside. */
  readonly producer: (name: string) => GraphNode | undefined
  /** The number that a constant without axes holds; none where a value is none such. */
  readonly number: (name: string) => number | undefined
  readonly floats: (shape: Shape, values: readonly number[]) => string
  /** A vector of int64: axes, sizes, starts. */
  readonly integers: (values: readonly number[]) => string
  /** Indices for Gather, which may be many. Equal keys are one tensor. */
  readonly indices: (key: string, shape: Shape, values: () => Int32Array) => string
  /** The name under which a value leaves the graph, which may not yield an input, a constant, or one value twice. */
  readonly result: (origin: string, name: string) => string
  /** What the results need; onnxruntime would run the rest too. */
  readonly finish: () => { readonly nodes: readonly GraphNode[]; readonly initializers: readonly Initializer[] }
}

const once = (make: (key: string) => string) => {
  const made = new Map<string, string>()
  return (key: string, add: (name: string) => void): string => {
    const known = made.get(key)
    if (known !== undefined) return known
    const name = make(key)
    made.set(key, name)
    add(name)
    return name
  }
}

/** Nodes stand before those that read them. */
const needed = (nodes: readonly GraphNode[], results: ReadonlySet<string>): readonly GraphNode[] => {
  const read = new Set(results)
  const kept = [...nodes].reverse().filter(({ inputs, outputs }) => {
    const needs = outputs.some((output) => read.has(output))
    if (needs) for (const input of inputs) read.add(input)
    return needs
  })
  return kept.reverse()
}

export const createEmitter = (): Emitter => {
  const nodes: GraphNode[] = []
  const initializers: Initializer[] = []
  const producers = new Map<string, GraphNode>()
  const numbers = new Map<string, number>()
  const results = new Set<string>()
  const add = (origin: string, op: string, inputs: readonly string[], output: string, attributes: Attributes): void => {
    const node = { name: origin === '' ? output : `${output} of ${origin}`, op, inputs, outputs: [output], attributes }
    nodes.push(node)
    producers.set(output, node)
  }
  const node = once(() => `v${nodes.length}`)
  const constant = once(() => `c${initializers.length}`)
  return {
    node: (origin, op, inputs, attributes = {}) =>
      node(JSON.stringify([op, inputs, attributes]), (output) => add(origin, op, inputs, output, attributes)),
    producer: (name) => producers.get(name),
    number: (name) => numbers.get(name),
    floats: (shape, values) =>
      constant(`float ${shape} ${values.map((value) => (Object.is(value, -0) ? '-0' : value))}`, (name) => {
        initializers.push({ name, shape, type: 'float', values: Float32Array.from(values) })
        const [only] = values
        if (shape.length === 0 && only !== undefined) numbers.set(name, only)
      }),
    integers: (values) =>
      constant(`int64 ${values}`, (name) =>
        initializers.push({
          name,
          shape: [values.length],
          type: 'int64',
          values: BigInt64Array.from(values, (value) => BigInt(value)),
        }),
      ),
    indices: (key, shape, values) =>
      constant(`int32 ${key}`, (name) => initializers.push({ name, shape, type: 'int32', values: values() })),
    result: (origin, name) => {
      const free = producers.has(name) && !results.has(name)
      const result = free ? name : `result${results.size}`
      if (!free) add(origin, 'Identity', [name], result, {})
      results.add(result)
      return result
    },
    finish: () => ({ nodes: needed(nodes, results), initializers }),
  }
}
