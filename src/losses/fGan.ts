import { derivative } from '../algebra/derivative.ts'
import { inLogits } from '../algebra/inLogits.ts'
import { onNumbers } from '../algebra/onNumbers.ts'
import { isPointwise } from '../algebra/pointwise.ts'
import { type PowerSum, plus, reduced, scaled, times, variable } from '../algebra/powerSum.ts'
import { readPowerSum } from '../algebra/readPowerSum.ts'
import { refuse } from '../codecs/argument.ts'
import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import { inArithmetic } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { type FGan, fGanLoss, type OfScore } from './fGanLoss.ts'
import { type NamedLoss, parametric } from './loss.ts'

/**
 * The f of an f-divergence, sum q f(p / q): a convex function of the variable t > 0, as an expression. The divergence between equal
 * distributions is f(1).
 */
export type Convex = Expr<'batch', [], 'variable t'>

const ofScore =
  (sum: PowerSum): OfScore =>
  (v) => ({ term: inLogits(reduced(sum), v).term })

/**
 * D's payoffs for a score v, with r = e^v: T = f'(r) on data, and the Fenchel conjugate f*(T) = r f'(r) - f(r) on samples. Both are
 * derived from f symbolically, so that terms cancel before numbers are computed.
 */
export const variational = (f: Convex): { readonly onData: OfScore; readonly onSamples: OfScore } => {
  const sum = readPowerSum(ofT(f))
  const slope = derivative(sum)
  return { onData: ofScore(slope), onSamples: ofScore(plus(times(variable, slope), scaled(-1, sum))) }
}

/** The term of an f. Refuses everything but a pointwise expression of t. */
const ofT = (f: Convex): Term => {
  const term = toTerm(f, 'losses.fGan', 'f')
  return subterms(term).every((part) => (part.op === 'variable' ? part.name === 't' : isPointwise(part)))
    ? term
    : refuse('losses.fGan', 'f', f, 'an expression of t alone', 'Write losses.fGan(mul(t, log(t))), t from variables.')
}

/** Makes an f-GAN from f and from what is known about its divergence. */
export const fGanOf = (f: Convex, known: Omit<FGan, 'onData' | 'onSamples' | 'equilibrium'>): NamedLoss => {
  const least = inArithmetic(onNumbers, ofT(f), (term) => (term.op === 'variable' ? 1 : undefined))
  const text = `f(1) = ${Number(least.toPrecision(6))}`
  return fGanLoss({ ...known, ...variational(f), equilibrium: { text, value: least } })
}

const make = (f: Convex): NamedLoss =>
  fGanOf(f, {
    name: 'fGan',
    parameters: { f },
    value: { text: '∫ p_g f(p_data / p_g)', divergence: 'an f-divergence' },
  })

/**
 * The f-GAN of any convex f. D's score v estimates log(p_data / p_g). D maximises E[f'(e^v)] - E[f*(f'(e^v))], a lower bound of the
 * f-divergence; G minimises it. Nowozin et al. 2016, equation 4 and section 2.4.
 *
 * D's gradient depends only on f'', so a piecewise linear f, such as |t - 1|, gives none (see `totalVariation`). If f grows like
 * t^k, float32 costs overflow from v = 88 / k on.
 *
 * @example losses.fGan(mul(sub(t, 1), log(t))) // Jeffreys' divergence, KL both ways
 */
export const fGan = parametric(make, { read: ({ f }: { readonly f: Convex }) => make(f) })
