import * as divergence from '../algebra/divergence.ts'
import { checkNumber } from '../codecs/argument.ts'
import { log, mul, pow, sub } from '../dsl/terms/elementwise.ts'
import { t } from '../dsl/terms/variables.ts'
import { type Convex, fGanOf } from './fGan.ts'
import { type NamedLoss, parametric, type Shown } from './loss.ts'

/** The f of the alpha-divergence. At 0 and 1 it is the limit: the reverse and the forward Kullback–Leibler divergence. */
const convex = (a: number): Convex => {
  if (a === 0) return sub(sub(t, 1), log(t))
  if (a === 1) return sub(mul(t, log(t)), sub(t, 1))
  return mul(1 / (a * (a - 1)), sub(sub(pow(t, a), 1), mul(a, sub(t, 1))))
}

const make = (a: number): NamedLoss => {
  checkNumber('losses.alpha', 'a', a, 'Write losses.alpha(0.5).')
  return fGanOf(convex(a), {
    name: 'alpha',
    parameters: { a },
    value: {
      text: `D_α(p_data ‖ p_g) = (∫ p_data^α p_g^(1 − α) − 1) / (α (α − 1)), α = ${a}`,
      divergence: 'alpha',
      of: divergence.alpha(a),
    },
  })
}

/** Recovers a from two values of D's payoff on data, (e^((a - 1) v) - 1) / (a - 1). */
const alphaOf = (paid: (value: number) => number): number => {
  const ratio = paid(2) / paid(1) - 1
  return Number((1 + Math.log(ratio)).toPrecision(12))
}

/**
 * The f-GAN of the alpha-divergence. Special cases: KL(p_data, p_g) at 1, KL(p_g, p_data) at 0, four times the squared Hellinger
 * distance at 1/2, half of Pearson's chi-squared at 2, and half of Neyman's at -1. Cichocki and Amari 2010; Nowozin et al. 2016, supplement.
 *
 * @example gan({ ...parts, loss: losses.alpha(0.5) })
 */
export const alpha = parametric(make, {
  read: ({ a }: { readonly a: number }) => make(a),
  solve: ({ onData }: Shown) => {
    const a = alphaOf(onData)
    return Number.isFinite(a) ? [make(Math.abs(a) < 1e-12 ? 0 : a)] : []
  },
})
