import type { Layer } from './layers/table.ts'
import type { Optimizer } from './optimizer.ts'
import type { SourceData } from './sources/table.ts'
import type { Term } from './term.ts'

/** A layer of a network's graph and the earlier nodes that it reads, by index. */
export interface LayerNode {
  readonly layer: Layer
  readonly from: readonly number[]
}

/** A network as data: a graph of layers in order, and the index of its output, or of its outputs by name. */
export interface NetworkGraph {
  readonly nodes: readonly LayerNode[]
  readonly output: number | { readonly [name: string]: number }
}

/** Who plays: what it minimises or maximises, over the parameters of the networks that it owns. */
export interface PlayerSpec {
  readonly goal: 'minimise' | 'maximise'
  readonly objective: Term
  readonly over: readonly string[]
}

/** In which order, and how often in one step, the players update. */
export type DynamicsSpec =
  | { readonly type: 'simultaneous' }
  | { readonly type: 'alternating'; readonly counts: { readonly [player: string]: number } }

/** A whole game, as it is stored: immutable, serialisable, without closures. */
export interface GameSpec {
  readonly networks: { readonly [name: string]: NetworkGraph }
  readonly sources: { readonly [name: string]: SourceData }
  readonly players: { readonly [name: string]: PlayerSpec }
  readonly dynamics: DynamicsSpec
  readonly optimizers: { readonly [player: string]: Optimizer }
  /** Samples per draw. */
  readonly batch: number
  readonly steps: number
  readonly seed: number
}
