import { inputsOf, type LayerContext } from '../dsl/layers/layer.ts'
import { layerKind } from '../dsl/layers/table.ts'
import { type LayerPlace, showLayerName, showLayerPlace } from '../dsl/names/layerName.ts'
import { type TensorName, tensorIn } from '../dsl/names/stateName.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Builder } from '../ir/builder.ts'
import { type Origin, showOriginOf } from '../ir/origin.ts'
import { at } from '../ir/present.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { type CheckedNetwork, type CheckedNode, outputIndices } from './network.ts'

/** What an application of a network is given. */
export interface Application {
  readonly builder: Builder
  /** What the nodes say they come from. */
  readonly origin: Origin
  /** Samples: the first axis of every input. */
  readonly batch: number
  readonly training: boolean
  readonly inputs: { readonly [name: string]: NodeId }
  /** The value of a parameter or a slot. */
  readonly state: (name: TensorName, shape: Shape) => NodeId
  readonly feed: (slot: TensorName, value: NodeId) => void
  /** Random numbers for a layer. */
  readonly random: (distribution: 'uniform' | 'normal', layer: LayerPlace, shape: Shape) => NodeId
  /** An expression of `t` alone, for the layer that `origin` names. */
  readonly expression: (expression: Term, t: NodeId, origin: Origin) => NodeId
}

/** Writes a network's layers; its outputs by name, each `[batch, ...shape]`, or `[1, ...shape]` where no input reaches it. */
export const lowerNetwork = (
  network: CheckedNetwork,
  application: Application,
): { readonly [name: string]: NodeId } => {
  const values: NodeId[] = []
  for (const checked of network.nodes) values.push(lowerNode(checked, application, values))
  return Object.fromEntries(
    Object.entries(outputIndices(network.graph)).map(([name, index]) => [name, at(values, index)]),
  )
}

const lowerNode = (checked: CheckedNode, application: Application, earlier: readonly NodeId[]): NodeId => {
  const { layer, from } = checked.node
  const origin: Origin = {
    ...application.origin,
    of: {
      type: 'layer',
      expression: showOriginOf(application.origin.of),
      layer: showLayerName(checked.place.layer),
    },
  }
  const builder = application.builder.from(origin)
  const batch = checked.perSample ? application.batch : 1
  const inputs = from.map((i) => spreadBatch(builder, at(earlier, i), batch))
  const { arity, lower } = layerKind.definitionOf(layer)
  return lower(layer, layerContext(checked, { ...application, builder, origin, batch }), inputsOf(arity, inputs))
}

/** What depends on no input has a batch of one; beside what does, it is the same for every sample. */
const spreadBatch = (builder: Builder, x: NodeId, batch: number): NodeId => {
  const [own, ...shape] = builder.shape(x)
  return own === batch ? x : builder.broadcast(x, [batch, ...shape])
}

const layerContext = (checked: CheckedNode, application: Application): LayerContext => {
  const { builder, batch, origin } = application
  const { place } = checked
  const declared = (known: { readonly [name: string]: { readonly shape: Shape } }, name: string): Shape => {
    const spec = known[name]
    if (spec === undefined) throw new Error(`broken invariant: ${showLayerPlace(place)} declares no ${name}`)
    return spec.shape
  }
  return {
    builder,
    batch,
    training: application.training,
    input: (name) => {
      const input = application.inputs[name]
      if (input === undefined)
        throw new Error(`broken invariant: no value for input ${name} of ${showLayerPlace(place)}`)
      return input
    },
    parameter: (name) => application.state(tensorIn(place, name), declared(checked.parameters, name)),
    slot: (name) => application.state(tensorIn(place, name), declared(checked.slots, name)),
    feed: (name, value) => application.feed(tensorIn(place, name), value),
    uniform: (shape) => application.random('uniform', place, [batch, ...shape]),
    normal: (shape) => application.random('normal', place, [batch, ...shape]),
    expression: (expression, t) => application.expression(expression, t, origin),
  }
}
