import { jensenShannon } from '../algebra/divergence.ts'
import { loss } from './loss.ts'
import { type LossTheory, logOdds } from './lossTheory.ts'
import { paired, standard } from './relativisticLoss.ts'

/** The distribution of independent pairs. */
const joint = (p: readonly number[], q: readonly number[]): readonly number[] =>
  p.flatMap((each) => q.map((other) => each * other))

/**
 * An ordinary GAN over pairs (Goodfellow et al. 2014, theorem 1): its classes are (real, generated) and (generated, real). Its best D,
 * log(p(x) q(y) / (q(x) p(y))), is a difference of two scores.
 */
const theory: LossTheory = {
  optimum: { type: 'relative', output: logOdds },
  equilibrium: { text: '−log 2', value: -Math.log(2) },
  value: {
    text: '−log 2 + JSD(p_data ⊗ p_g, p_g ⊗ p_data)',
    divergence: 'Jensen–Shannon, of pairs in either order',
    of: (data, generated) => jensenShannon(joint(data, generated), joint(generated, data)) - Math.log(2),
  },
  generator: { follows: 'KL(p_g ‖ p_data) − JSD(p_data ⊗ p_g, p_g ⊗ p_data)' },
}

/**
 * RpGAN: sigmoid(D(x) - D(G(z))) is the probability that x is more realistic. Jolicoeur-Martineau 2019, algorithm 1.
 *
 * @example gan({ ...parts, loss: losses.relativistic })
 */
export const relativistic = loss({ name: 'relativistic', ...paired(standard), theory: () => theory, whole: true })
