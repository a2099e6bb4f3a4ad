import type { Layer } from '../layers/table.ts'

/** A layer of a network's graph, the earlier nodes that it reads, by index, and the name that the user gave it, if any. */
export interface LayerNode {
  readonly layer: Layer
  readonly from: readonly number[]
  readonly name?: string
}

/** A network as data: a graph of layers in order, and the index of its output, or of its outputs by name. */
export interface NetworkGraph {
  readonly nodes: readonly LayerNode[]
  readonly output: number | { readonly [name: string]: number }
}
