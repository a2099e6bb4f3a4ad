import { derivative } from '../algebra/derivative.ts'
import { evaluateTerm } from '../algebra/evaluateTerm.ts'
import { inLogits } from '../algebra/inLogits.ts'
import { type PowerSum, plus, reduced, scaled, times, variable } from '../algebra/powerSum.ts'
import { readPowerSum } from '../algebra/readPowerSum.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, type Loss, x, z } from '../dsl/objectives/symbols.ts'
import { neg, sub } from '../dsl/terms/elementwise.ts'
import { type Expr, type Level, toTerm } from '../dsl/terms/expression.ts'
import { E } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'
import { type LossTheory, logOdds, posterior } from './lossTheory.ts'

/**
 * The f of an f-divergence sum q f(p / q): a convex function of the variable t > 0, as an expression. The divergence of equal
 * distributions is f(1).
 */
export type Convex = Expr<'batch', [], 'variable t'>

type OfScore = <L extends Level, S extends Shape, U extends string>(v: Expr<L, S, U>) => Expr<L, S, U>

const ofScore =
  (sum: PowerSum): OfScore =>
  (v) => ({ term: inLogits(reduced(sum), v).term })

/**
 * What an f says of a score v with r = e^v: T = f'(r) on data, and Fenchel's conjugate f*(T) = r f'(r) - f(r) on samples.
 * Both are derived from f by algebra, so that what cancels does so before a number is computed, however f is written.
 */
export const variational = (f: Convex): { readonly onData: OfScore; readonly onSamples: OfScore } => {
  const sum = readPowerSum(toTerm(f, 'losses.fGan', 'f'))
  const slope = derivative(sum)
  return { onData: ofScore(slope), onSamples: ofScore(plus(times(variable, slope), scaled(-1, sum))) }
}

/**
 * The f-GAN: D gives v, an estimate of log(p_data / p_g), and maximises E[f'(e^v)] - E[f*(f'(e^v))], which is at most the
 * f-divergence; G minimises it. Nowozin et al. 2016, equation 4 and section 2.4.
 *
 * D learns by f'' alone: an f of straight pieces, such as |t - 1|, gives it no gradient (see `totalVariation`). Where f grows
 * like a power of t, so do the costs with e^v: in float32 they overflow from v = 88 over that power on.
 *
 * @example losses.fGan(mul(sub(t, 1), log(t))) // Jeffreys' divergence, KL both ways
 */
export const fGan = (f: Convex): Loss => {
  const { onData, onSamples } = variational(f)
  const value = sub(E(onData(D(x))), E(onSamples(D(G(z)))))
  return { discriminator: maximise(value, 'D'), generator: minimise(value, 'G') }
}

/** What theory says of every f-GAN (Nguyen et al. 2010, lemma 1; Nowozin et al. 2016, equation 5), beside its divergence's name. */
export const fGanTheory = (f: Convex, equilibrium: string, value: LossTheory['value']): LossTheory => ({
  optimum: { type: 'closed', output: logOdds, probability: posterior },
  equilibrium: { text: equilibrium, value: evaluateTerm(f.term, { t: [1] })[0] ?? Number.NaN },
  value,
  generator: { pull: neg(variational(f).onSamples(logOdds)), follows: 'V(D*, G) itself, for D* is a maximum' },
})
