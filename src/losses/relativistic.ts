import { jensenShannon, triangular } from '../algebra/divergence.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { D, G, type Loss, type Penalty, x, z } from '../dsl/objectives/symbols.ts'
import { add, div, log, neg, relu, sigmoid, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr, UsesOf } from '../dsl/terms/expression.ts'
import { E } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'
import { type LossTheory, logOdds, type OfDistributions, p, q } from './lossTheory.ts'

type Score = Expr<'sample', Shape, UsesOf<Penalty>>
/** What a difference of scores costs who wants it great. */
type Cost = (difference: Score) => Score

const standard: Cost = (u) => neg(log(sigmoid(u)))
const leastSquares: Cost = (u) => square(sub(u, 1))
const hinge: Cost = (u) => relu(sub(1, u))

const [real, fake]: readonly [Score, Score] = [D(x), D(G(z))]

/** D scores a real sample above a generated one, G the other way round. Jolicoeur-Martineau 2019, algorithm 1. */
const paired = (cost: Cost): Loss => ({
  discriminator: minimise(E(cost(sub(real, fake))), 'D'),
  generator: minimise(E(cost(sub(fake, real))), 'G'),
})

/** Each sample is compared with the mean score of the other kind. Jolicoeur-Martineau 2019, algorithm 2. */
const average = (cost: Cost): Loss => ({
  discriminator: minimise(add(E(cost(sub(real, E(fake)))), E(cost(sub(E(real), fake)))), 'D'),
  generator: minimise(add(E(cost(sub(fake, E(real)))), E(cost(sub(E(fake), real)))), 'G'),
})

/** RpGAN: sigmoid(D(x) - D(G(z))) is the probability that x is the more real. Jolicoeur-Martineau 2019, algorithm 1. */
export const relativistic = paired(standard)
/** RpLSGAN: D(x) - D(G(z)) is to be 1. Jolicoeur-Martineau 2020, section 2. */
export const relativisticLeastSquares = paired(leastSquares)
/** RpHingeGAN: D(x) - D(G(z)) is to be 1 at least. Jolicoeur-Martineau 2020, section 2. */
export const relativisticHinge = paired(hinge)
/** RaGAN: each sample against the mean score of the other kind. Jolicoeur-Martineau 2019, algorithm 2. */
export const relativisticAverage = average(standard)
/** RaLSGAN: each score is to lie 1 from the mean score of the other kind. Jolicoeur-Martineau 2019, appendix B. */
export const relativisticAverageLeastSquares = average(leastSquares)
/** RaHingeGAN: each score is to lie at least 1 from the mean score of the other kind. Jolicoeur-Martineau 2019, appendix B. */
export const relativisticAverageHinge = average(hinge)

/** The distribution of independent pairs. */
const joint = (p: readonly number[], q: readonly number[]): readonly number[] =>
  p.flatMap((each) => q.map((other) => each * other))

/**
 * A pair of a real and a generated sample, and the same in the other order, are the two classes of an ordinary GAN over pairs
 * (Goodfellow et al. 2014, theorem 1), whose best D, log(p(x) q(y) / (q(x) p(y))), is a difference of scores already.
 */
export const relativisticTheory: LossTheory = {
  optimum: { type: 'relative', output: logOdds },
  equilibrium: { text: '−log 2', value: -Math.log(2) },
  value: {
    text: '−log 2 + JSD(p_data ⊗ p_g, p_g ⊗ p_data)',
    divergence: 'Jensen–Shannon, of pairs in either order',
    of: (data, generated) => jensenShannon(joint(data, generated), joint(generated, data)) - Math.log(2),
  },
  generator: { follows: 'KL(p_g ‖ p_data) − JSD(p_data ⊗ p_g, p_g ⊗ p_data)' },
}

const times = (text: string, of: (triangular: number) => number): { text: string; of: OfDistributions } => ({
  text,
  of: (data, generated) => of(triangular(data, generated)),
})

/** D's cost is a quadratic in its scores: where its derivative is 0. Δ = ∫ (p_data − p_g)² / (p_data + p_g) is from 0 to 2. */
export const relativisticLeastSquaresTheory: LossTheory = {
  optimum: {
    type: 'relative',
    output: div(sub(p, q), add(p, q)),
    factor: times('2 / (2 + Δ)', (delta) => 2 / (2 + delta)),
  },
  equilibrium: { text: '−1', value: -1 },
  value: {
    text: '−(2 − Δ) / (2 + Δ), where Δ = ∫ (p_data − p_g)² / (p_data + p_g)',
    divergence: 'triangular discrimination',
    of: times('', (delta) => -(2 - delta) / (2 + delta)).of,
  },
  generator: { follows: '𝔼[(D(G(z)) − D(x) − 1)²] at a D that stands still, which is no divergence' },
}

export const relativisticAverageLeastSquaresTheory: LossTheory = {
  optimum: {
    type: 'relative',
    output: div(sub(p, q), add(p, q)),
    factor: times('4 / (2 + 3 Δ)', (delta) => 4 / (2 + 3 * delta)),
  },
  equilibrium: { text: '−2', value: -2 },
  value: {
    text: '−(4 − 2 Δ) / (2 + 3 Δ), where Δ = ∫ (p_data − p_g)² / (p_data + p_g)',
    divergence: 'triangular discrimination',
    of: times('', (delta) => -(4 - 2 * delta) / (2 + 3 * delta)).of,
  },
  generator: { follows: 'its own mean squares at a D that stands still, which is no divergence' },
}

/** Jolicoeur-Martineau 2020, theorem 3.1: less its value at equilibrium it is a divergence. */
const open = (equilibrium: string, value: number): LossTheory => ({
  optimum: { type: 'open', reason: 'no formula: each score depends on all others; any constant may be added' },
  equilibrium: { text: equilibrium, value },
  value: {
    text: `${equilibrium} plus a divergence, at most 0: least at p_g = p_data alone`,
    divergence: 'a relativistic f-divergence',
  },
  generator: { follows: 'its own cost at a D that stands still, which is no divergence' },
})
export const relativisticHingeTheory = open('−1', -1)
export const relativisticAverageTheory = open('−log 4', -Math.log(4))
export const relativisticAverageHingeTheory = open('−2', -2)
