import type { Average } from './average.ts'
import type { DynamicsSpec } from './dynamics.ts'
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

/** A whole game, as it is stored: immutable, serialisable, without closures. */
export interface GameSpec {
  readonly networks: { readonly [name: string]: NetworkGraph }
  readonly sources: { readonly [name: string]: SourceData }
  readonly players: { readonly [name: string]: PlayerSpec }
  readonly dynamics: DynamicsSpec
  readonly optimizers: { readonly [player: string]: Optimizer }
  /** Networks whose weights are averaged over the steps; samples are made with the averages. */
  readonly averages?: { readonly [network: string]: Average }
  /** What is shown as a sample of the game; where absent, what a critic is given in the place of data. */
  readonly samples?: Term
  /** Samples per draw. */
  readonly batch: number
  readonly steps: number
  readonly seed: number
}
