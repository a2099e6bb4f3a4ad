import { checkFunction, refuse } from '../../codecs/argument.ts'
import { isName, nameHint } from '../../codecs/dictionary.ts'
import { branchFrom, type GraphOrMessage, toGraph } from './graph.ts'
import { type Graph, type GraphNode, isInput } from './layerGraph.ts'

const write = "Write as('to8', conv2d({ filters: 1, kernel: 1 }))."

/**
 * Names a layer. Its tensors become `G/to8/kernel` instead of `G/3.conv2d/kernel`, at any place in the network. The layer can then take
 * weights from another run even if the network around it has changed. In a block of several layers, each is named by its place in the
 * block or by its own name: `to8.0`, `to8.1`. Names must be unique in a network.
 *
 * @example pipe(input([64]), dense(1024), reshape([8, 8, 16]), as('to8', conv2d({ filters: 1, kernel: 1 })), tanh)
 */
export function as<A, B extends GraphOrMessage>(name: string, layers: (net: A) => B): (net: A) => B
export function as(name: string, layers: (net: GraphOrMessage) => GraphOrMessage): (net: GraphOrMessage) => Graph {
  if (typeof name !== 'string' || !isName(name)) refuse('as', 'name', name, 'a name', `${write} ${nameHint}`)
  checkFunction('as', 'layers', layers, write)
  return (net) => branchFrom(net, (trunk) => named(name, toGraph(layers(trunk), 'as')), 'as')
}

/** Names a graph's layers: the only one by the name, several by names that begin with it. Inputs keep their names. */
const named = (name: string, graph: Graph): Graph => {
  const layers = graph.nodes.filter(({ layer }) => !isInput(layer))
  const nameOf = (node: GraphNode): string =>
    layers.length === 1 ? name : `${name}.${node.name ?? layers.indexOf(node)}`
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (isInput(node.layer) ? node : { ...node, name: nameOf(node) })),
  }
}
