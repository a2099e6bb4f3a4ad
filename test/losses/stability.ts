import { Decimal } from 'decimal.js'
import type { Term } from '../../src/dsl/term.ts'
import type { Program } from '../../src/ir/program.ts'
import { losses } from '../../src/losses/table.ts'
import { curveProgram } from '../../src/theory/evaluateTerm.ts'
import { duelOfLoss } from '../theory/duels.ts'

/** So many digits that 1 + exp(-200), which begins with 87 of no interest, keeps fifty and more. */
const Exact = Decimal.clone({ precision: 150 })
type Exact = InstanceType<typeof Exact>

/** A function of D's output and its first two derivatives, to fifty digits or more. */
type Derivatives = (u: Exact) => readonly [Exact, Exact, Exact]

const sigmoid = (u: Exact): Exact => new Exact(1).div(u.neg().exp().plus(1))
const softplus = (u: Exact): Exact => u.exp().plus(1).ln()
const number = (value: number): Exact => new Exact(value)

/** log sigmoid(u) */
const logSigmoid: Derivatives = (u) => {
  const rest = sigmoid(u.neg())
  return [softplus(u.neg()).neg(), rest, rest.times(sigmoid(u)).neg()]
}
/** log(1 - sigmoid(u)) */
const logRest: Derivatives = (u) => {
  const [value, slope, curvature] = logSigmoid(u.neg())
  return [value, slope.neg(), curvature]
}
const negative =
  (f: Derivatives): Derivatives =>
  (u) => {
    const [value, slope, curvature] = f(u)
    return [value.neg(), slope.neg(), curvature.neg()]
  }
/** (u - target)^2 / 2 */
const halfSquare =
  (target: number): Derivatives =>
  (u) => [u.minus(target).pow(2).div(2), u.minus(target), number(1)]
const line =
  (slope: number): Derivatives =>
  (u) => [u.times(slope), number(slope), number(0)]
/** max(0, 1 + slope u), for a slope of 1 or -1 */
const margin =
  (slope: number): Derivatives =>
  (u) => {
    const value = u.times(slope).plus(1)
    return value.isPositive() && !value.isZero() ? [value, number(slope), number(0)] : [number(0), number(0), number(0)]
  }

const forms: {
  readonly [K in keyof typeof losses]: { readonly [side in 'real' | 'fake' | 'generator']: Derivatives }
} = {
  minimax: { real: logSigmoid, fake: logRest, generator: logRest },
  nonSaturating: { real: logSigmoid, fake: logRest, generator: negative(logSigmoid) },
  leastSquares: { real: negative(halfSquare(1)), fake: negative(halfSquare(-1)), generator: halfSquare(0.5) },
  hinge: { real: negative(margin(-1)), fake: negative(margin(1)), generator: line(-1) },
  wasserstein: { real: line(1), fake: line(-1), generator: line(-1) },
}
const written = { ...losses, leastSquares: losses.leastSquares({ a: -1, b: 1, c: 0.5 }) }

/** Outputs of D from hopeless to certain. None is at a margin of the hinge, where it has no derivative. */
export const logits: readonly number[] = [0, 0.5, 3, 20, 37, 88, 104, 200].flatMap((u) => (u === 0 ? [0] : [-u, u]))

/**
 * What a loss makes of one output of D, over `logits`: programs that any backend may run, of the state `t` and with the
 * metrics `value`, `slope` and `curvature`, each of as many numbers; and what these are, rounded from fifty digits.
 */
export interface StabilityCase {
  readonly name: string
  readonly term: Term
  readonly program: Program
  readonly expected: { readonly [metric in 'value' | 'slope' | 'curvature']: readonly number[] }
}

const caseOf = (name: string, term: Term, exact: Derivatives): StabilityCase => {
  const points = logits.map((u) => exact(number(u)))
  return {
    name,
    term,
    program: curveProgram(term, logits.length),
    expected: {
      value: points.map(([value]) => value.toNumber()),
      slope: points.map(([, slope]) => slope.toNumber()),
      curvature: points.map(([, , curvature]) => curvature.toNumber()),
    },
  }
}

export const stabilityCases: readonly StabilityCase[] = (
  ['minimax', 'nonSaturating', 'leastSquares', 'hinge', 'wasserstein'] as const
).flatMap((name) => {
  const { discriminator, generator } = duelOfLoss(written[name])
  const { real, fake, generator: pays } = forms[name]
  return [
    caseOf(`${name}, D on data`, discriminator.a, real),
    caseOf(`${name}, D on samples`, discriminator.b, fake),
    caseOf(`${name}, G`, generator.b, pays),
  ]
})
