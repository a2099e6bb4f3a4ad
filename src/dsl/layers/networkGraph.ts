import type { Graph, GraphNode } from '../networks/layerGraph.ts'
import type { Layer } from './table.ts'

/** A layer of a network's graph and the earlier nodes that it reads, by index. */
export type LayerNode = GraphNode<Layer>

/** A network as data: its layers in order, and the index of its output, or of its outputs by name. */
export type NetworkGraph = Graph<Layer>
