import { triangular } from '../algebra/divergence.ts'
import { add, div, sub } from '../dsl/terms/elementwise.ts'
import { loss } from './loss.ts'
import { type LossTheory, p, q } from './lossTheory.ts'
import { paired, squares } from './relativisticLoss.ts'

/** D's cost is a quadratic in its scores: where its derivative is 0. Δ = ∫ (p_data − p_g)² / (p_data + p_g) is from 0 to 2. */
const theory: LossTheory = {
  optimum: {
    type: 'relative',
    output: div(sub(p, q), add(p, q)),
    factor: { text: '2 / (2 + Δ)', of: (data, generated) => 2 / (2 + triangular(data, generated)) },
  },
  equilibrium: { text: '−1', value: -1 },
  value: {
    text: '−(2 − Δ) / (2 + Δ), where Δ = ∫ (p_data − p_g)² / (p_data + p_g)',
    divergence: 'triangular discrimination',
    of: (data, generated) => {
      const delta = triangular(data, generated)
      return -(2 - delta) / (2 + delta)
    },
  },
  generator: { follows: '𝔼[(D(G(z)) − D(x) − 1)²] at a D that stands still, which is no divergence' },
}

/**
 * RpLSGAN: D(x) - D(G(z)) should be 1. Jolicoeur-Martineau 2020, section 2.
 *
 * @example gan({ ...parts, loss: losses.relativisticLeastSquares })
 */
export const relativisticLeastSquares = loss({
  name: 'relativisticLeastSquares',
  ...paired(squares),
  theory: () => theory,
  whole: true,
})
