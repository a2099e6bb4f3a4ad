import { triangular } from '../algebra/divergence.ts'
import { type Coefficient, checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { add, div, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { E } from '../dsl/terms/statistics.ts'
import { hole, loss, type NamedLoss, ofNumbers, parametric } from './loss.ts'
import { type Closed, type LossTheory, p, q } from './lossTheory.ts'

/** D's targets for generated samples (a) and for real ones (b), and G's target for its samples (c). */
export interface Targets<N> {
  readonly a: N
  readonly b: N
  readonly c: N
}

/** b p + a q, simplified where a coefficient is 0 or 1. */
const weighted = (b: number, a: number): Closed => {
  const [data, generated] = [b === 1 ? p : mul(b, p), a === 1 ? q : mul(a, q)]
  if (a === 0) return data
  return b === 0 ? generated : add(data, generated)
}

/** D's optimum: Mao et al. 2017, section 3.2.2. The value follows from it. */
const theoryOf = ({ a, b, c }: Targets<number>): LossTheory => {
  const optimum: Closed = div(weighted(b, a), add(p, q))
  const scale = (b - a) ** 2 / 8
  return {
    optimum: { type: 'closed', output: optimum },
    equilibrium: { text: `−(b − a)² / 4 = ${-2 * scale}`, value: -2 * scale },
    value: {
      text: '−(b − a)² / 4 + (b − a)² / 8 · Δ(p_data, p_g), where Δ = ∫ (p_data − p_g)² / (p_data + p_g)',
      divergence: 'triangular discrimination (Pearson’s χ² of p_data + p_g and 2 p_g)',
      of: (data, generated) => scale * (triangular(data, generated) - 2),
    },
    generator: {
      pull: mul(0.5, square(sub(optimum, c))),
      follows: `½ 𝔼_g[(D − ${c})²] at a D that stands still, which is no divergence${pearsonCase({ a, b, c })}`,
    },
  }
}

/** Mao et al. 2017, section 3.2.2. */
const pearsonCase = ({ a, b, c }: Targets<number>): string =>
  b - c === 1 && b - a === 2
    ? '; with ½ 𝔼_data[(D − c)²], which does not pull, its criterion is ½ χ²(p_data + p_g ‖ 2 p_g)'
    : ''

const make = (options: Partial<Targets<Coefficient>> = {}): NamedLoss => {
  const fields = { a: 'optional', b: 'optional', c: 'optional' } as const
  checkCoefficients<Partial<Targets<Coefficient>>>('losses.leastSquares', options, fields)
  const { a = 0, b = 1, c = 1 } = options
  const real = mul(0.5, E(square(sub(D(x), b))))
  const fake = (target: Coefficient) => mul(0.5, E(square(sub(D(G(z)), target))))
  return loss({
    name: 'leastSquares',
    parameters: { a, b, c },
    discriminator: minimise(add(real, fake(a)), 'D'),
    generator: minimise(fake(c), 'G'),
    theory: ofNumbers({ a, b, c }, theoryOf),
  })
}

/**
 * LSGAN: D minimises its squared distance from b on data and from a on samples; G that from c. Mao et al. 2017, equation 2.
 * With b - c = 1 and b - a = 2, G minimises a Pearson chi-squared divergence (section 3.2.2).
 *
 * @example gan({ ...parts, loss: losses.leastSquares() })
 */
export const leastSquares = parametric(make, {
  forms: () => [{ loss: make({ a: hole('a'), b: hole('b'), c: hole('c') }), holes: ['a', 'b', 'c'], solved: make }],
})
