import type { Shape } from '../../ir/program.ts'

/** The common part of all layers. This file does not know which kinds exist. */
export interface AnyLayer {
  readonly type: string
}

/** The layer that receives a network's samples. */
export interface InputLayer {
  readonly type: 'input'
  readonly name: string
  readonly shape: Shape
}

export const isInput = (layer: AnyLayer): layer is InputLayer => layer.type === 'input'

/** A layer of a graph, the indices of the earlier nodes that it reads, and the user's name for it, if any. */
export interface GraphNode<L extends AnyLayer = AnyLayer> {
  readonly layer: L
  readonly from: readonly number[]
  readonly name?: string
}

/** Layers in order, and the index of the output, or of the outputs by name. */
export interface Graph<L extends AnyLayer = AnyLayer> {
  readonly nodes: readonly GraphNode<L>[]
  readonly output: number | { readonly [name: string]: number }
}
