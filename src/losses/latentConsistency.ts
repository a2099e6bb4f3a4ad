import { type Coefficient, checkCoefficients, times } from '../dsl/objectives/coefficient.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { D, G, type GanShapes, type ShapedPenalty, z } from '../dsl/objectives/symbols.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, mul, neg, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, sum } from '../dsl/terms/statistics.ts'

interface Nearby {
  readonly weight: Coefficient
  /** The standard deviation of the step from one latent to the other. */
  readonly std: Coefficient
}

const near = (std: Coefficient, { latent }: GanShapes) =>
  G(add(z, mul(ranged('deviation', std), noise('normal', latent, 'near'))))

/**
 * weight E[(D(G(z)) - D(G(z + e)))^2], e normal: D judges samples of near latents alike. Zhao et al. 2021, algorithm 2 (zCR); the
 * generator pays `latentDiversity` beside it.
 */
export const latentConsistency = (options: Nearby): ShapedPenalty => {
  checkCoefficients<Nearby>('penalties.latentConsistency', options, { weight: 'required', std: 'required' })
  const { weight, std } = options
  return shaped('penalties.latentConsistency', (shapes) =>
    times(ranged('weight', weight), E(square(sub(D(G(z)), D(near(std, shapes)))))),
  )
}

/**
 * -weight E[|G(z) - G(z + e)|^2], e normal, for the generator to pay: near latents are to make different samples. Zhao et al. 2021,
 * algorithm 2 (zCR). It has no lower bound of its own: D's judgement is what holds it.
 */
export const latentDiversity = (options: Nearby): ShapedPenalty => {
  checkCoefficients<Nearby>('penalties.latentDiversity', options, { weight: 'required', std: 'required' })
  const { weight, std } = options
  return shaped('penalties.latentDiversity', (shapes) =>
    neg(times(ranged('weight', weight), E(sum(square(sub(G(z), near(std, shapes))))))),
  )
}
