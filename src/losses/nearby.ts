import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import { G, type GanShapes, z } from '../dsl/objectives/symbols.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, mul } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'

export interface Nearby {
  readonly weight: Coefficient
  /** The standard deviation of the perturbation e. */
  readonly std: Coefficient
}

/** G(z + e): the generator's sample at a latent near z. */
export const near = (std: Coefficient, { latent }: GanShapes) =>
  G(add(z, mul(ranged('deviation', std), noise('normal', latent, 'near'))))
