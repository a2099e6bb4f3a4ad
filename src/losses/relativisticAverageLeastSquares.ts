import { triangular } from '../algebra/divergence.ts'
import { add, div, sub } from '../dsl/terms/elementwise.ts'
import { loss } from './loss.ts'
import { type LossTheory, p, q } from './lossTheory.ts'
import { averaged, squares } from './relativisticLoss.ts'

/** D's cost is a quadratic in its scores: where its derivative is 0. Δ = ∫ (p_data − p_g)² / (p_data + p_g) is from 0 to 2. */
const theory: LossTheory = {
  optimum: {
    type: 'relative',
    output: div(sub(p, q), add(p, q)),
    factor: { text: '4 / (2 + 3 Δ)', of: (data, generated) => 4 / (2 + 3 * triangular(data, generated)) },
  },
  equilibrium: { text: '−2', value: -2 },
  value: {
    text: '−(4 − 2 Δ) / (2 + 3 Δ), where Δ = ∫ (p_data − p_g)² / (p_data + p_g)',
    divergence: 'triangular discrimination',
    of: (data, generated) => {
      const delta = triangular(data, generated)
      return -(4 - 2 * delta) / (2 + 3 * delta)
    },
  },
  generator: { follows: 'its own mean squares at a D that stands still, which is no divergence' },
}

/**
 * RaLSGAN: each score should differ by 1 from the mean score of the other kind. Jolicoeur-Martineau 2019, appendix B.
 *
 * @example gan({ ...parts, loss: losses.relativisticAverageLeastSquares })
 */
export const relativisticAverageLeastSquares = loss({
  name: 'relativisticAverageLeastSquares',
  ...averaged(squares),
  theory: () => theory,
  whole: true,
})
