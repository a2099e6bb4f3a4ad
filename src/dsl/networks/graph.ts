import { checkRecord, refuse } from '../../codecs/argument.ts'
import { type Shape, sameShape } from '../../ir/program.ts'
import { type AnyLayer, type Graph, type GraphNode, type InputLayer, isInput } from './layerGraph.ts'

/**
 * What a parameter of a conditional type may hold, as far as TypeScript can tell: a graph, or the message that stands there
 * where none fits, or nothing. Only unchecked code passes anything but a graph.
 */
export type GraphOrMessage = Graph | string | undefined

const isGraph = <L extends AnyLayer>(net: unknown): net is Graph<L> =>
  typeof net === 'object' && net !== null && 'nodes' in net && Array.isArray(net.nodes)

/**
 * A network's graph; anything else is an `ArgumentError`. `called` is the function that was given it. `L` is what the layers are, as
 * the caller knows.
 */
export const toGraph = <L extends AnyLayer = AnyLayer>(net: unknown, called: string, place = ''): Graph<L> =>
  isGraph<L>(net) ? net : refuse(called, place, net, 'a network', networkHint(net))

const networkHint = (net: unknown): string =>
  typeof net === 'function'
    ? 'Start with input and give layers their options: pipe(input([2]), dense(64), leakyRelu(0.2), dense(1)).'
    : 'A network starts with input([...]) and goes on with layers: pipe(input([2]), dense(64), relu, dense(1)).'

const outputsOf = ({ output }: Graph): readonly number[] =>
  typeof output === 'number' ? [output] : Object.values(output)

/** The graph of one node that reads nothing. */
export const leaf = <L extends AnyLayer>(layer: L): Graph => ({ nodes: [{ layer, from: [] }], output: 0 })

/** Puts a layer behind a graph's output; `called` is the function that makes the layer. */
export const append =
  <L extends AnyLayer>(layer: L, called: string = layer.type) =>
  (net: GraphOrMessage | undefined): Graph => {
    if (net === undefined)
      refuse(called, '', net, 'a network', `Write a layer without options without (): ${called}, not ${called}().`)
    const graph = toGraph(net, called)
    return { nodes: [...graph.nodes, { layer, from: outputsOf(graph) }], output: graph.nodes.length }
  }

/** The input that `share` binds: no input of a user has the empty name, and each placeholder equals only itself. */
const placeholder = (): InputLayer => ({ type: 'input', name: '', shape: [] })

/** Inputs of one name and shape are one input. (One name for two shapes is left for the check of the spec to report.) */
const sameInput = (a: InputLayer, b: AnyLayer): boolean =>
  a === b || (a.name !== '' && isInput(b) && a.name === b.name && sameShape(a.shape, b.shape))

interface Bound {
  readonly input: InputLayer
  readonly at: number
}

/** Adds a graph's nodes behind `into`, save the inputs that are there already or are bound; and where its outputs then are. */
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

/** Both graphs side by side, joined by a layer of two inputs. */
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

/** Graphs of one output each side by side, these outputs named. */
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

/** What `branch` makes of a graph's output; each use of its argument is that one output. `called` is the function it was given. */
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

/** The same graph whose every input has this name. */
export const renameInputs = <L extends AnyLayer>(graph: Graph<L>, name: string): Graph<L> => ({
  ...graph,
  nodes: graph.nodes.map((node) => (isInput(node.layer) ? { ...node, layer: { ...node.layer, name } } : node)),
})
