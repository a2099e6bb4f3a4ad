import { curveOf } from '../algebra/evaluateTerm.ts'
import type { Term } from '../dsl/terms/term.ts'
import { at } from '../ir/present.ts'
import { type LossTheory, logOdds, posterior } from '../losses/lossTheory.ts'
import type { PointwiseGame } from './criterion.ts'
import { valueAtEquilibrium } from './equilibrium.ts'
import { anyNumber } from './range.ts'

const points = Array.from({ length: 25 }, (_, i) => (i - 12) / 4)
const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-9 * (Math.abs(x) + Math.abs(y))

/**
 * Recognises an f-GAN whose f is not in the table. Its payoffs a(v) = f'(e^v) on data and b(v) = f(e^v) - e^v f'(e^v) on samples satisfy
 * b' = -e^v a' for any f, and a' >= 0 if f is convex; G also minimises b. Checks these slopes at some points.
 */
export const anyDivergence = (pointwiseGame: PointwiseGame): LossTheory | undefined => {
  if (pointwiseGame.range !== anyNumber) return undefined
  const slopesOf = (term: Term): readonly number[] => curveOf(term)(points).slope
  const [a, b, pays] = [
    slopesOf(pointwiseGame.discriminator.a),
    slopesOf(pointwiseGame.discriminator.b),
    slopesOf(pointwiseGame.generator.b),
  ]
  const rises = a.every((slope) => slope >= 0) && a.some((slope) => slope > 0)
  const fits = points.every((v, i) => near(at(b, i), -Math.exp(v) * at(a, i)) && near(at(pays, i), at(b, i)))
  if (!rises || !fits) return undefined
  const least = valueAtEquilibrium(pointwiseGame)
  return {
    optimum: { type: 'closed', output: logOdds, probability: posterior },
    equilibrium: { text: `f(1) = ${Number(least.toPrecision(6))}`, value: least },
    value: { text: '∫ p_g f(p_data / p_g), for the f with f′(eᵗ) as D’s part on data', divergence: 'an f-divergence' },
    generator: { follows: 'V(D*, G) itself, for D* is a maximum' },
  }
}
