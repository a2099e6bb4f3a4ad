import { checkRecord, refuse } from '../../codecs/argument.ts'
import { type Shape, sameShape } from '../../ir/program.ts'
import { type AnyLayer, type Graph, type GraphNode, type InputLayer, isInput } from './layerGraph.ts'

/**
 * The type of a parameter with a conditional type, as TypeScript sees it: a graph, a message, or nothing. Only unchecked code passes
 * anything but a graph.
 */
export type GraphOrMessage = Graph | string | undefined

const isGraph = <L extends AnyLayer>(net: unknown): net is Graph<L> =>
  typeof net === 'object' && net !== null && 'nodes' in net && Array.isArray(net.nodes)

/**
 * The graph of a network. Throws an `ArgumentError` for anything else. `called` is the function that received it. `L` is the type of
 * its layers.
 */
export const toGraph = <L extends AnyLayer = AnyLayer>(net: unknown, called: string, place = ''): Graph<L> =>
  isGraph<L>(net) ? net : refuse(called, place, net, 'a network', networkHint(net))

const networkHint = (net: unknown): string =>
  typeof net === 'function'
    ? 'Start with input and give layers their options: pipe(input([2]), dense(64), leakyRelu(0.2), dense(1)).'
    : 'A network starts with input([...]) and continues with layers: pipe(input([2]), dense(64), relu, dense(1)).'

const outputsOf = ({ output }: Graph): readonly number[] =>
  typeof output === 'number' ? [output] : Object.values(output)

/** A graph with one node that reads nothing. */
export const leaf = <L extends AnyLayer>(layer: L): Graph => ({ nodes: [{ layer, from: [] }], output: 0 })

/** Appends a layer to a graph's output. `called` is the layer's constructor. */
export const append =
  <L extends AnyLayer>(layer: L, called: string = layer.type) =>
  (net: GraphOrMessage | undefined): Graph => {
    if (net === undefined)
      refuse(called, '', net, 'a network', `Write a layer without options without (): ${called}, not ${called}().`)
    const graph = toGraph(net, called)
    return { nodes: [...graph.nodes, { layer, from: outputsOf(graph) }], output: graph.nodes.length }
  }

/** The placeholder input that `share` binds. Users' inputs can't have an empty name, and each placeholder equals only itself. */
const placeholder = (): InputLayer => ({ type: 'input', name: '', shape: [] })

/** Whether two nodes are the same input: equal name and shape. The check of the spec reports one name with two shapes. */
const sameInput = (a: InputLayer, b: AnyLayer): boolean =>
  a === b || (a.name !== '' && isInput(b) && a.name === b.name && sameShape(a.shape, b.shape))

interface Bound {
  readonly input: InputLayer
  readonly at: number
}

/** Appends a graph's nodes to `into`, except bound inputs and those already there. Returns the new indices of its outputs. */
const splice = (into: readonly GraphNode[], graph: Graph, bound?: Bound): Graph => {
  const nodes = [...into]
  const places: number[] = []
  const place = (index: number): number => places[index] ?? index
  const known = (layer: AnyLayer): number => {
    if (!isInput(layer)) return -1
    return bound !== undefined && layer === bound.input
      ? bound.at
      : nodes.findIndex((node) => sameInput(layer, node.layer))
  }
  for (const node of graph.nodes) {
    const at = known(node.layer)
    places.push(at >= 0 ? at : nodes.push({ ...node, from: node.from.map(place) }) - 1)
  }
  const { output } = graph
  return { nodes, output: typeof output === 'number' ? place(output) : mapValues(output, place) }
}

const mapValues = <A, B>(record: { readonly [key: string]: A }, f: (value: A) => B): { readonly [key: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]))

/** Joins two graphs by a layer with two inputs. */
export const join =
  <L extends AnyLayer>(layer: L, called: string = layer.type) =>
  (a: GraphOrMessage, b: GraphOrMessage): Graph => {
    const first = toGraph(a, called)
    const both = splice(first.nodes, toGraph(b, called))
    return {
      nodes: [...both.nodes, { layer, from: [...outputsOf(first), ...outputsOf(both)] }],
      output: both.nodes.length,
    }
  }

/** Joins graphs with one output each to a graph with named outputs. */
export const gather = (heads: { readonly [name: string]: Graph }): Graph => {
  checkRecord('outputs', '', heads, 'Write outputs({ real: pipe(h, dense(1)), label: pipe(h, dense(10)) }).')
  return Object.entries(heads).reduce<{
    readonly nodes: readonly GraphNode[]
    readonly output: { readonly [name: string]: number }
  }>(
    (done, [name, head]) => {
      const { nodes, output } = splice(done.nodes, toGraph(head, 'outputs', name))
      if (typeof output !== 'number')
        return refuse(
          'outputs',
          name,
          head,
          'a network with one output',
          'Name all outputs at once, over one trunk: pipe(x, share((t) => outputs({ ... }))).',
        )
      return { nodes, output: { ...done.output, [name]: output } }
    },
    { nodes: [], output: {} },
  )
}

/** Applies `branch` to a graph's output. All uses of its argument are that one output. `called` is the calling function. */
export const branchFrom = (net: GraphOrMessage, branch: (trunk: Graph) => Graph, called: string): Graph => {
  const graph = toGraph(net, called)
  const { output } = graph
  if (typeof output !== 'number')
    return refuse(
      called,
      '',
      net,
      'a network with one output',
      'Share the trunk first: pipe(x, share((t) => outputs({ ... }))).',
    )
  const input = placeholder()
  return splice(graph.nodes, toGraph(branch(leaf(input)), called), { input, at: output })
}

/** The inputs of a graph, by name. */
export const inputsOf = (graph: Graph): { readonly [name: string]: Shape } =>
  Object.fromEntries(graph.nodes.flatMap(({ layer }) => (isInput(layer) ? [[layer.name, layer.shape]] : [])))

/** Renames all inputs of a graph. */
export const renameInputs = <L extends AnyLayer>(graph: Graph<L>, name: string): Graph<L> => ({
  ...graph,
  nodes: graph.nodes.map((node) => (isInput(node.layer) ? { ...node, layer: { ...node.layer, name } } : node)),
})
