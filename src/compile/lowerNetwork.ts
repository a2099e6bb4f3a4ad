import type { LayerContext } from '../dsl/layers/layer.ts'
import { layerKind } from '../dsl/layers/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Builder } from '../ir/builder.ts'
import { at } from '../ir/ops/op.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { type CheckedNetwork, type CheckedNode, outputIndices } from './network.ts'

/** What an application of a network is given. */
export interface Application {
  readonly builder: Builder
  /** What the nodes say they come from. */
  readonly origin: string
  /** Samples: the first axis of every input. */
  readonly batch: number
  readonly training: boolean
  readonly inputs: { readonly [name: string]: NodeId }
  /** The value of a parameter or a slot, by its name in the game. */
  readonly state: (name: string, shape: Shape) => NodeId
  readonly feed: (slot: string, value: NodeId) => void
  /** Random numbers for the layer of that name. */
  readonly random: (distribution: 'uniform' | 'normal', layer: string, shape: Shape) => NodeId
  /** An expression of `t` alone, for the layer that `origin` names. */
  readonly expression: (expression: Term, t: NodeId, origin: string) => NodeId
}

/** Writes a network's layers; its outputs by name, each `[batch, ...shape]`, or `[1, ...shape]` where no input reaches it. */
export const lowerNetwork = (
  network: CheckedNetwork,
  application: Application,
): { readonly [name: string]: NodeId } => {
  const values: NodeId[] = []
  for (const checked of network.nodes) values.push(lowerNode(network, checked, application, values))
  return Object.fromEntries(
    Object.entries(outputIndices(network.graph)).map(([name, index]) => [name, at(values, index)]),
  )
}

const lowerNode = (
  network: CheckedNetwork,
  checked: CheckedNode,
  application: Application,
  earlier: readonly NodeId[],
): NodeId => {
  const { layer, from } = checked.node
  const origin = `${application.origin}, layer ${checked.prefix.replace(`${network.name}/`, '')}`
  const builder = application.builder.from(origin)
  const batch = checked.perSample ? application.batch : 1
  const inputs = from.map((i) => spreadBatch(builder, at(earlier, i), batch))
  return layerKind
    .definitionOf(layer)
    .lower(layer, layerContext(checked, { ...application, builder, origin, batch }), inputs)
}

/** What depends on no input has a batch of one; beside what does, it is the same for every sample. */
const spreadBatch = (builder: Builder, x: NodeId, batch: number): NodeId => {
  const [own, ...shape] = builder.shape(x)
  return own === batch ? x : builder.broadcast(x, [batch, ...shape])
}

const layerContext = (checked: CheckedNode, application: Application): LayerContext => {
  const { builder, batch, origin } = application
  const named = (name: string): string => `${checked.prefix}/${name}`
  const declared = (known: { readonly [name: string]: { readonly shape: Shape } }, name: string): Shape => {
    const spec = known[name]
    if (spec === undefined) throw new Error(`broken invariant: ${checked.prefix} declares no ${name}`)
    return spec.shape
  }
  return {
    builder,
    batch,
    training: application.training,
    input: (name) => {
      const input = application.inputs[name]
      if (input === undefined) throw new Error(`broken invariant: no value for input ${name} of ${checked.prefix}`)
      return input
    },
    parameter: (name) => application.state(named(name), declared(checked.parameters, name)),
    slot: (name) => application.state(named(name), declared(checked.slots, name)),
    feed: (name, value) => application.feed(named(name), value),
    uniform: (shape) => application.random('uniform', checked.prefix, [batch, ...shape]),
    normal: (shape) => application.random('normal', checked.prefix, [batch, ...shape]),
    expression: (expression, t) => application.expression(expression, t, origin),
  }
}
