import { checkCoefficients, half, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { D, G, type Penalty, x, z } from '../dsl/objectives/symbols.ts'
import { add, mul, sigmoid, square, sub } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, sum } from '../dsl/terms/statistics.ts'
import { slopeAt } from './slope.ts'

const steep = { real: sum(square(slopeAt(x))), fake: sum(square(slopeAt(G(z)))) }
const doubt = { real: square(sub(1, sigmoid(D(x)))), fake: square(sigmoid(D(G(z)))) }

/**
 * weight / 2 (E[(1 - s)^2 |grad D(x)|^2] + E[s^2 |grad D(G(z))|^2]), where s is the sigmoid of D's logit, and the gradient is that of
 * the logit. It approximates noise of variance `weight` on the samples, for the loss of Goodfellow et al. 2014. Roth et al. 2017,
 * section 3 and algorithm 1, who anneal it to a hundredth over the run: `weight: schedules.exponential({ from: 2, to: 0.02 })`.
 *
 * @example gan({ ...parts, penalties: [penalties.jensenShannonPenalty({ weight: 0.1 })] })
 */
export const jensenShannonPenalty = (options: Weighted): Penalty => {
  checkCoefficients<Weighted>('penalties.jensenShannonPenalty', options, { weight: 'required' })
  const { weight } = options
  const cost = add(E(mul(doubt.real, steep.real)), E(mul(doubt.fake, steep.fake)))
  return named('jensenShannonPenalty', { weight }, times(half(ranged('weight', weight)), cost))
}
