import { checkOptions } from '../codecs/argument.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { neg, sqrt } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { loss, type NamedLoss, parametric } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'
import { discrepancy, type Estimate } from './mmd.ts'

/** The negative distance: the kernel whose MMD is the energy distance. Sejdinovic et al. 2013, theorem 22. */
const distance = (squared: Expr): Expr => neg(sqrt(squared))

/** Szekely and Rizzo 2013, proposition 2. */
const theory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'D must be kept Lipschitz: the distance grows with its features' },
  equilibrium: { text: '0', value: 0 },
  value: {
    text: '2 𝔼|a − b| − 𝔼|a − a′| − 𝔼|b − b′| of the features a = D(x), b = D(G(z))',
    divergence: 'energy distance (on the line twice Cramér’s)',
  },
  generator: { follows: 'the energy distance of the features that D gives, without bias' },
}

const make = (options: { readonly estimate?: Estimate } = {}): NamedLoss => {
  checkOptions<{ readonly estimate?: Estimate }>('losses.energyDistance', options, { estimate: 'optional' })
  const { estimate = 'unbiased' } = options
  const value = discrepancy('losses.energyDistance')(D(x), D(G(z)), distance, estimate)
  return loss({
    name: 'energyDistance',
    parameters: { estimate },
    discriminator: maximise(value, 'D'),
    generator: minimise(value, 'G'),
    theory: () => theory,
    whole: true,
  })
}

/**
 * The energy distance 2 E|a - b| - E|a - a'| - E|b - b'| of D's features, of any length: D maximises it, G minimises it. D must be kept
 * Lipschitz. Szekely and Rizzo 2013, equation 1; Bellemare et al. 2017, section 4.1.
 *
 * @example gan({ ...parts, loss: losses.energyDistance() })
 */
export const energyDistance = parametric(make, {
  forms: () =>
    (['unbiased', 'biased'] as const).map((estimate) => ({
      loss: make({ estimate }),
      holes: [],
      solved: () => make({ estimate }),
    })),
})
