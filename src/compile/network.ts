import * as E from '#fp-ts/Either'
import { inputsOf, type LayerSlot, type ParameterSpec } from '../dsl/layers/layer.ts'
import type { LayerNode, NetworkGraph } from '../dsl/layers/networkGraph.ts'
import { type Layer, layerKind } from '../dsl/layers/table.ts'
import { checkRule } from '../dsl/layers/weighted.ts'
import type { LayerPlace } from '../dsl/names/layerName.ts'
import { type Problem, type SpecError, specError } from '../errors/specError.ts'
import type { Shape } from '../ir/program.ts'

/** A layer whose shapes are known. */
export interface CheckedNode {
  readonly node: LayerNode
  readonly shape: Shape
  /** Whether it varies by sample: whether any input reaches it, or numbers that are drawn for each sample. */
  readonly perSample: boolean
  readonly parameters: { readonly [name: string]: ParameterSpec }
  readonly slots: { readonly [name: string]: LayerSlot }
  readonly place: LayerPlace
}

export interface CheckedNetwork {
  readonly name: string
  readonly graph: NetworkGraph
  readonly nodes: readonly CheckedNode[]
  readonly inputs: { readonly [name: string]: Shape }
  /** Shapes of the outputs; the only one of a network that names none has the name ''. */
  readonly outputs: { readonly [name: string]: Shape }
}

/** The index of each output; the only one of a network that names none has the name ''. */
export const outputIndices = ({ output }: NetworkGraph): { readonly [name: string]: number } =>
  typeof output === 'number' ? { '': output } : output

/** Layers that only move the numbers that they read. */
const moving: readonly Layer['type'][] = ['identity', 'reshape', 'flatten']

/** Whether the numbers of a network's output are a sigmoid's. */
export const endsInSigmoid = ({ graph }: CheckedNetwork, output = ''): boolean => {
  const isSigmoid = (index: number | undefined): boolean => {
    const node = index === undefined ? undefined : graph.nodes[index]
    if (node === undefined) return false
    const { layer, from } = node
    if (moving.includes(layer.type)) return isSigmoid(from[0])
    return layer.type === 'sigmoid' || (layer.type === 'activation' && layer.expression.op === 'sigmoid')
  }
  return isSigmoid(outputIndices(graph)[output])
}

/** Every shape, parameter and slot of a network, or all that is wrong with it. */
export const checkNetwork = (
  name: string,
  graph: NetworkGraph,
  path: readonly string[],
): E.Either<readonly SpecError[], CheckedNetwork> => {
  const errors: SpecError[] = []
  const nodes: (CheckedNode | undefined)[] = []
  graph.nodes.forEach((node, i) => {
    const at = [...path, 'nodes', `${i}`]
    const checked = checkNode(name, node, i, nodes, at)
    if (E.isLeft(checked)) for (const error of checked.left) errors.push(error)
    nodes.push(E.isRight(checked) ? checked.right : undefined)
  })
  for (const error of [...outputErrors(graph, path), ...inputErrors(graph, path), ...nameErrors(graph, path)])
    errors.push(error)
  const known = nodes.flatMap((node) => (node === undefined ? [] : [node]))
  if (errors.length > 0 || known.length < nodes.length) return E.left(errors)
  const shapes = Object.entries(outputIndices(graph)).flatMap(([output, i]) => {
    const node = known[i]
    return node === undefined ? [] : [[output, node.shape] as const]
  })
  const inputs = graph.nodes.flatMap(({ layer }) =>
    layer.type === 'input' ? [[layer.name, layer.shape] as const] : [],
  )
  return E.right({
    name,
    graph,
    nodes: known,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(shapes),
  })
}

type Known = readonly (CheckedNode | undefined)[]

/** `conv2d`, or `conv2d 'to8'` of a layer that a user named. */
const showLayer = ({ layer, name }: LayerNode): string => (name === undefined ? layer.type : `${layer.type} '${name}'`)

const layerError = (path: readonly string[], node: LayerNode, problem: Problem): SpecError => ({
  ...specError([...path, 'layer'], problem),
  layer: showLayer(node),
})

const checkNode = (
  network: string,
  node: LayerNode,
  index: number,
  earlier: Known,
  path: readonly string[],
): E.Either<readonly SpecError[], CheckedNode> => {
  const { layer, from } = node
  const stray = checkRule(layer)
  if (stray !== undefined) return E.left([layerError(path, node, stray)])
  const definition = layerKind.definitionOf(layer)
  const { arity } = definition
  if (from.length !== arity || from.some((i) => !Number.isInteger(i) || i < 0 || i >= index))
    return E.left([
      specError([...path, 'from'], {
        expected: `${arity} earlier node${arity === 1 ? '' : 's'} for ${layer.type}`,
        found: JSON.stringify(from),
        hint: 'list the indices of the nodes that it reads; they stand before it',
      }),
    ])
  const inputs = from.flatMap((i) => earlier[i] ?? [])
  if (inputs.length < from.length) return E.left([]) // said of the earlier node
  const shapes = inputsOf(
    arity,
    inputs.map(({ shape }) => shape),
  )
  const shape = definition.shape(layer, shapes)
  if (E.isLeft(shape)) return E.left([layerError(path, node, shape.left)])
  return E.right({
    node,
    shape: shape.right,
    perSample: layer.type === 'input' || definition.draws === true || inputs.some(({ perSample }) => perSample),
    parameters: definition.parameters(layer, shapes),
    slots: definition.slots(layer, shapes),
    place: {
      network,
      layer:
        node.name === undefined ? { type: 'numbered', index, kind: layer.type } : { type: 'named', name: node.name },
    },
  })
}

const outputErrors = (graph: NetworkGraph, path: readonly string[]): readonly SpecError[] => {
  const outputs = Object.entries(outputIndices(graph))
  if (graph.nodes.length === 0)
    return [specError([...path, 'nodes'], { expected: 'at least one layer', found: 'none', hint: 'start with input' })]
  if (outputs.length === 0)
    return [specError([...path, 'output'], { expected: 'at least one output', found: 'none', hint: 'name an output' })]
  return outputs.flatMap(([name, index]) =>
    Number.isInteger(index) && index >= 0 && index < graph.nodes.length
      ? []
      : [
          specError([...path, 'output', ...(name === '' ? [] : [name])], {
            expected: `the index of a node, 0 to ${graph.nodes.length - 1}`,
            found: `${index}`,
            hint: 'give the index of the node whose value comes out',
          }),
        ],
  )
}

const inputErrors = (graph: NetworkGraph, path: readonly string[]): readonly SpecError[] => {
  const seen = new Set<string>()
  return graph.nodes.flatMap(({ layer }, i) => {
    if (layer.type !== 'input') return []
    if (!seen.has(layer.name)) {
      seen.add(layer.name)
      return []
    }
    return [
      specError([...path, 'nodes', `${i}`, 'layer', 'name'], {
        expected: 'one input of each name and shape',
        found: `a second input '${layer.name}'`,
        hint: 'give it another name, or read the first one twice',
      }),
    ]
  })
}

const nameErrors = ({ nodes }: NetworkGraph, path: readonly string[]): readonly SpecError[] =>
  nodes.flatMap(({ name }, i) => {
    const first = nodes.findIndex((node) => node.name === name)
    if (name === undefined || first === i) return []
    return [
      specError([...path, 'nodes', `${i}`, 'name'], {
        expected: 'a name that no other layer of the network has',
        found: `'${name}', the name of ${[...path, 'nodes', `${first}`].join('.')} too`,
        hint: 'give one of the two layers another name: as(name, layer)',
      }),
    ]
  })
