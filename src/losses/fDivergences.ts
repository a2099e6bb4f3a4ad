import * as divergence from '../algebra/divergence.ts'
import { checkNumber } from '../codecs/argument.ts'
import { add, div, log, mul, neg, pow, sqrt, square, sub } from '../dsl/terms/elementwise.ts'
import { t } from '../dsl/terms/variables.ts'
import { type Convex, fGan, fGanTheory } from './fGan.ts'
import type { LossTheory } from './lossTheory.ts'

/** The f of each divergence: Nowozin et al. 2016, table 1, but for what is said here. */
export const f = {
  kullbackLeibler: mul(t, log(t)),
  reverseKullbackLeibler: neg(log(t)),
  pearson: square(sub(t, 1)),
  /** In their supplement. */
  neyman: div(square(sub(t, 1)), t),
  squaredHellinger: square(sub(sqrt(t), 1)),
  /** Half of the paper's, so that it is Lin's divergence and log 2 at most. */
  jensenShannon: mul(0.5, add(mul(t, log(div(mul(2, t), add(t, 1)))), log(div(2, add(t, 1))))),
  /** The GAN's own: -log 4 plus twice Jensen and Shannon's. */
  ganDivergence: sub(mul(t, log(t)), mul(add(t, 1), log(add(t, 1)))),
} as const satisfies { readonly [name: string]: Convex }

/** The f of the alpha-divergence, at 0 and 1 its limits: Kullback and Leibler's, backwards and forwards. */
export const alphaF = (a: number): Convex => {
  if (a === 0) return sub(sub(t, 1), log(t))
  if (a === 1) return sub(mul(t, log(t)), sub(t, 1))
  return mul(1 / (a * (a - 1)), sub(sub(pow(t, a), 1), mul(a, sub(t, 1))))
}

/** The f-GAN of KL(p_data, p_g): G is to cover all the data. Nowozin et al. 2016, table 1. */
export const kullbackLeibler = fGan(f.kullbackLeibler)
/** The f-GAN of KL(p_g, p_data): G is to make nothing but data. Nowozin et al. 2016, table 1. */
export const reverseKullbackLeibler = fGan(f.reverseKullbackLeibler)
/** The f-GAN of Pearson's chi-squared, the mean of (p / q - 1)^2 over samples. Nowozin et al. 2016, table 1. */
export const pearson = fGan(f.pearson)
/** The f-GAN of Neyman's chi-squared, the mean of (q / p - 1)^2 over data. Nowozin et al. 2016, supplement. */
export const neyman = fGan(f.neyman)
/** The f-GAN of the sum of (sqrt p - sqrt q)^2, twice the squared Hellinger distance. Nowozin et al. 2016, table 1. */
export const squaredHellinger = fGan(f.squaredHellinger)
/** The f-GAN of Jensen and Shannon's divergence, log 2 at most: Lin 1991. Nowozin et al. 2016, table 1, halved. */
export const jensenShannon = fGan(f.jensenShannon)
/** The f-GAN of the GAN's own value, -log 4 + 2 JSD: `minimax`, derived. Nowozin et al. 2016, table 1. */
export const ganDivergence = fGan(f.ganDivergence)
/**
 * The f-GAN of the alpha-divergence: at 1 KL(p_data, p_g), at 0 KL(p_g, p_data), at 1/2 four times the squared Hellinger distance,
 * at 2 and -1 half of Pearson's and Neyman's chi-squared. Cichocki and Amari 2010; Nowozin et al. 2016, supplement.
 */
export const alpha = (a: number) => {
  checkNumber('losses.alpha', 'a', a, 'Write losses.alpha(0.5).')
  return fGan(alphaF(a))
}

const theory = (of: Convex, text: string, name: string, value: divergence.Divergence) => (): LossTheory =>
  fGanTheory(of, '0', { text, divergence: name, of: value })

/** Made when they are asked for: each is derived from its f. */
export const fTheories = {
  kullbackLeibler: theory(f.kullbackLeibler, 'KL(p_data ‖ p_g)', 'Kullback–Leibler', divergence.kullbackLeibler),
  reverseKullbackLeibler: theory(
    f.reverseKullbackLeibler,
    'KL(p_g ‖ p_data)',
    'reverse Kullback–Leibler',
    divergence.reverseKullbackLeibler,
  ),
  pearson: theory(f.pearson, 'χ²(p_data ‖ p_g) = ∫ (p_data − p_g)² / p_g', 'Pearson’s χ²', divergence.pearson),
  neyman: theory(f.neyman, 'χ²(p_g ‖ p_data) = ∫ (p_data − p_g)² / p_data', 'Neyman’s χ²', divergence.neyman),
  squaredHellinger: theory(
    f.squaredHellinger,
    '∫ (√p_data − √p_g)²',
    'squared Hellinger',
    (data, generated) => 2 * divergence.squaredHellinger(data, generated),
  ),
  jensenShannon: theory(f.jensenShannon, 'JSD(p_data, p_g)', 'Jensen–Shannon', divergence.jensenShannon),
  ganDivergence: () =>
    fGanTheory(f.ganDivergence, '−log 4', {
      text: '−log 4 + 2 JSD(p_data, p_g)',
      divergence: 'Jensen–Shannon',
      of: (data, generated) => 2 * divergence.jensenShannon(data, generated) - Math.log(4),
    }),
} as const satisfies { readonly [name: string]: () => LossTheory }

export const alphaTheory = (a: number): LossTheory =>
  theory(
    alphaF(a),
    `D_α(p_data ‖ p_g) = (∫ p_data^α p_g^(1 − α) − 1) / (α (α − 1)), α = ${a}`,
    'alpha',
    divergence.alpha(a),
  )()
