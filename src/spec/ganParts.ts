import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { View } from '../dsl/objectives/view.ts'
import type { SourceData } from '../dsl/sources/table.ts'
import type { Dynamics } from '../dynamics/dynamics.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Average } from './average.ts'
import type { Play } from './game.ts'
import type { Charges } from './ganPlayers.ts'

export interface GanOptions extends Play {
  readonly loss: Loss
  /** Penalties of the discriminator, or of each player by name. */
  readonly penalties?: Charges | { readonly discriminator?: Charges; readonly generator?: Charges }
  /** What D sees in place of real and generated samples, one after the other: noise, augmentations. */
  readonly views?: readonly View[]
  readonly optimizers: { readonly discriminator: Optimizer; readonly generator: Optimizer }
  /** Averages of the networks' weights over the steps. Sampling uses them. */
  readonly averages?: { readonly discriminator?: Average; readonly generator?: Average }
  /** By default the discriminator updates once, then the generator once. */
  readonly dynamics?: Dynamics<'discriminator' | 'generator'>
}

/** The arguments of `gan`, without the types of shapes. */
export interface GanParts extends GanOptions {
  readonly generator: NetworkGraph
  readonly discriminator: NetworkGraph
  readonly latent: SourceData
  readonly data: SourceData
  readonly packing?: number
}
