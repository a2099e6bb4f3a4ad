import { checkNumbers, checkOptions } from '../codecs/argument.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, type Loss, x, z } from '../dsl/objectives/symbols.ts'
import type { Sample } from '../dsl/objectives/view.ts'
import { interpolate } from '../dsl/terms/draw.ts'
import { add, mul, neg, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, grad, norm } from '../dsl/terms/statistics.ts'
import type { LossTheory } from './lossTheory.ts'
import { discrepancy, type Estimate } from './mmd.ts'

/** The distance's negative: the kernel whose discrepancy is the energy distance. Sejdinovic et al. 2013, theorem 22. */
const distance = (squared: Expr): Expr => neg(sqrt(squared))

/**
 * D gives features of any length in which 2 E|a - b| - E|a - a'| - E|b - b'| is great, and must be kept Lipschitz; G makes it
 * small. Szekely and Rizzo 2013, equation 1; Bellemare et al. 2017, section 4.1.
 */
export const energyDistance = (options: { readonly estimate?: Estimate } = {}): Loss => {
  checkOptions<{ readonly estimate?: Estimate }>('losses.energyDistance', options, { estimate: 'optional' })
  const { estimate = 'unbiased' } = options
  const value = discrepancy('losses.energyDistance')(D(x), D(G(z)), distance, estimate)
  return { discriminator: maximise(value, 'D'), generator: minimise(value, 'G') }
}

/** Szekely and Rizzo 2013, proposition 2. */
export const energyDistanceTheory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'D must be kept Lipschitz: the distance grows with its features' },
  equilibrium: { text: '0', value: 0 },
  value: {
    text: '2 𝔼|a − b| − 𝔼|a − a′| − 𝔼|b − b′| of the features a = D(x), b = D(G(z))',
    divergence: 'energy distance (on the line twice Cramér’s)',
  },
  generator: { follows: 'the energy distance of the features that D gives, without bias' },
}

/** An independent sample of the generator's. */
const other: Sample = D(G({ term: { op: 'sample', source: 'latent', field: 'x', draw: 'other' } }))
const [real, fake]: readonly [Sample, Sample] = [D(x), D(G(z))]

/** What a sample's features score: how much farther they are from another generated sample's than from 0. */
const witness = (features: Sample): Sample => sub(norm(sub(features, other)), norm(features))

const between = interpolate(x, G(z))

/**
 * The Cramer GAN: one pair of generated samples estimates the energy distance of D's features, and D maximises a witness of it
 * that needs no second sample of data, less `weight` times a gradient penalty of that witness. Bellemare et al. 2017, algorithm 1.
 */
export const cramer = (options: { readonly weight?: number } = {}): Loss => {
  checkOptions<{ readonly weight?: number }>('losses.cramer', options, { weight: 'optional' })
  checkNumbers('losses.cramer', options)
  const { weight = 10 } = options
  const surrogate = sub(E(witness(real)), E(witness(fake)))
  const penalty = mul(ranged('weight', weight), E(square(sub(norm(grad(witness(D(between)), between)), 1))))
  const paid = sub(add(E(norm(sub(real, fake))), E(norm(sub(real, other)))), E(norm(sub(fake, other))))
  return { discriminator: maximise(sub(surrogate, penalty), 'D'), generator: minimise(paid, 'G') }
}

/** The witness is that of an approximation to the energy distance, which may vanish between unlike distributions: Binkowski et al. 2018. */
export const cramerTheory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'the gradient penalty keeps the witness near 1-Lipschitz' },
  equilibrium: { text: '0', value: 0 },
  value: {
    text: '𝔼|a − b| − 𝔼|b − b′| − 𝔼|a| + 𝔼|b| of the features a = D(x), b = D(G(z)), less the penalty',
    divergence: 'a surrogate of the energy distance',
  },
  generator: { follows: 'the energy distance of the features that D gives, plus 𝔼|a − a′|, without bias' },
}
