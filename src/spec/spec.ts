import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import type { SourceData } from '../dsl/sources/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { DynamicsSpec } from '../dynamics/dynamics.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Average } from './average.ts'
import type { Provenance } from './provenance.ts'

/** A whole game as data: immutable, serialisable, without closures. */
export interface GameSpec {
  readonly networks: { readonly [name: string]: NetworkGraph }
  readonly sources: { readonly [name: string]: SourceData }
  readonly players: Players
  readonly dynamics: DynamicsSpec
  readonly optimizers: { readonly [player: string]: Optimizer }
  /** Networks whose weights are averaged over the steps. Sampling uses the averages. */
  readonly averages?: { readonly [network: string]: Average }
  /** What to show as a sample of the game. By default, the critic's generated input. */
  readonly samples?: Term
  /** Samples per draw. */
  readonly batch: number
  readonly steps: number
  readonly seed: number
  /** What `gan` was called with: names, parameters and roles. A `game` has none. */
  readonly provenance?: Provenance
}

/** The networks whose weights are averaged. */
export const averagesOf = ({ averages = {} }: Pick<GameSpec, 'averages'>): { readonly [network: string]: Average } =>
  averages
