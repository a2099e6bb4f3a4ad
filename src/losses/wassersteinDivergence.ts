import { checkNumbers, checkOptions } from '../codecs/argument.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { D, G, type Loss, x, z } from '../dsl/objectives/symbols.ts'
import { interpolate } from '../dsl/terms/draw.ts'
import { mul, pow, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, grad, sum } from '../dsl/terms/statistics.ts'
import type { LossTheory } from './lossTheory.ts'
import { wasserstein } from './wasserstein.ts'

const between = interpolate(x, G(z))

/**
 * WGAN-div: Wasserstein's dual, less k E[|grad D|^p] at points between data and samples: a divergence without a Lipschitz
 * constraint. Wu et al. 2018, algorithm 1, with k = 2 and p = 6.
 */
export const wassersteinDivergence = (options: { readonly weight?: number; readonly power?: number } = {}): Loss => {
  const fields = { weight: 'optional', power: 'optional' } as const
  checkOptions<Partial<typeof fields>>('losses.wassersteinDivergence', options, fields)
  checkNumbers('losses.wassersteinDivergence', options)
  const { weight = 2, power = 6 } = options
  const value = sub(E(D(x)), E(D(G(z))))
  const steepness = pow(sum(square(grad(D(between), between))), power / 2)
  return {
    discriminator: maximise(sub(value, mul(ranged('weight', weight), E(steepness))), 'D'),
    generator: wasserstein.generator,
  }
}

/** Wu et al. 2018, section 3: it is symmetric, and 0 at p_g = p_data alone. D* solves a differential equation. */
export const wassersteinDivergenceTheory: LossTheory = {
  optimum: { type: 'open', reason: 'a differential equation’s solution: its slope is bounded by the penalty' },
  equilibrium: { text: '0', value: 0 },
  value: { text: 'W_{k, p}(p_data, p_g), at least 0', divergence: 'Wasserstein divergence' },
  generator: { follows: 'V(D*, G) itself, for D* is a maximum' },
}
