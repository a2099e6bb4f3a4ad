import type { Shape } from '../../ir/program.ts'

/** What all layers have: which kinds there are is not known here. */
export interface AnyLayer {
  readonly type: string
}

/** The layer through which a network is given its samples. */
export interface InputLayer {
  readonly type: 'input'
  readonly name: string
  readonly shape: Shape
}

export const isInput = (layer: AnyLayer): layer is InputLayer => layer.type === 'input'

/** A layer of a graph, the earlier nodes that it reads, by index, and the name that the user gave it, if any. */
export interface GraphNode<L extends AnyLayer = AnyLayer> {
  readonly layer: L
  readonly from: readonly number[]
  readonly name?: string
}

/** A graph of layers in order, and the index of its output, or of its outputs by name. */
export interface Graph<L extends AnyLayer = AnyLayer> {
  readonly nodes: readonly GraphNode<L>[]
  readonly output: number | { readonly [name: string]: number }
}
