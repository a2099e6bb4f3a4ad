import { Decimal } from 'decimal.js'
import { curveProgram } from '../../src/algebra/evaluateTerm.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { abs, pow, sqrt, square } from '../../src/dsl/terms/elementwise.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import type { Program } from '../../src/ir/program.ts'
import { gaussianMixture, rationalQuadratic } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import { pointwiseGameOfLoss } from '../theory/pointwiseGames.ts'

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

/** c e^(k u) + d */
const power =
  (k: number, c = 1, d = 0): Derivatives =>
  (u) => {
    const value = u.times(k).exp().times(c)
    return [value.plus(d), value.times(k), value.times(k).times(k)]
  }
const scaled =
  (factor: number, f: Derivatives): Derivatives =>
  (u) => {
    const [value, slope, curvature] = f(u)
    return [value.times(factor), slope.times(factor), curvature.times(factor)]
  }
const summed =
  (f: Derivatives, g: Derivatives): Derivatives =>
  (u) => {
    const [a, b] = [f(u), g(u)]
    return [a[0].plus(b[0]), a[1].plus(b[1]), a[2].plus(b[2])]
  }
/** tanh(u) / 2 */
const halfTanh: Derivatives = (u) => {
  const value = u.tanh()
  const rest = number(1).minus(value.pow(2))
  return [value.div(2), rest.div(2), value.times(rest).neg()]
}

interface Sides {
  readonly real: Derivatives
  readonly fake: Derivatives
  readonly generator: Derivatives
}
/** D's value, which G makes small as it stands: T on data, less f*(T) on samples. */
const zeroSum = (real: Derivatives, conjugate: Derivatives): Sides => ({
  real,
  fake: negative(conjugate),
  generator: negative(conjugate),
})

const forms: { readonly [name: string]: Sides } = {
  minimax: { real: logSigmoid, fake: logRest, generator: logRest },
  nonSaturating: { real: logSigmoid, fake: logRest, generator: negative(logSigmoid) },
  labelSmoothing: {
    real: summed(scaled(0.75, logSigmoid), scaled(0.25, logRest)),
    fake: summed(scaled(0.125, logSigmoid), scaled(0.875, logRest)),
    generator: negative(logSigmoid),
  },
  leastSquares: { real: negative(halfSquare(1)), fake: negative(halfSquare(-1)), generator: halfSquare(0.5) },
  hinge: { real: negative(margin(-1)), fake: negative(margin(1)), generator: line(-1) },
  wasserstein: { real: line(1), fake: line(-1), generator: line(-1) },
  kullbackLeibler: zeroSum(line(1), power(1)),
  reverseKullbackLeibler: zeroSum(power(-1, -1), line(1)),
  pearson: zeroSum(power(1, 2, -2), power(2, 1, -1)),
  neyman: zeroSum(power(-2, -1, 1), power(-1, -2, 2)),
  squaredHellinger: zeroSum(power(-0.5, -1, 1), power(0.5, 1, -1)),
  jensenShannon: zeroSum(scaled(0.5, logSigmoid), scaled(-0.5, logRest)),
  ganDivergence: zeroSum(logSigmoid, negative(logRest)),
  totalVariation: zeroSum(halfTanh, halfTanh),
  alpha: zeroSum(power(2, 0.5, -0.5), power(3, 1 / 3, -1 / 3)),
}
const written: { readonly [name in keyof typeof losses]?: Loss } = {
  minimax: losses.minimax,
  nonSaturating: losses.nonSaturating,
  labelSmoothing: losses.labelSmoothing({ real: 0.75, fake: 0.125 }),
  leastSquares: losses.leastSquares({ a: -1, b: 1, c: 0.5 }),
  hinge: losses.hinge,
  wasserstein: losses.wasserstein,
  kullbackLeibler: losses.kullbackLeibler,
  reverseKullbackLeibler: losses.reverseKullbackLeibler,
  pearson: losses.pearson,
  neyman: losses.neyman,
  squaredHellinger: losses.squaredHellinger,
  jensenShannon: losses.jensenShannon,
  ganDivergence: losses.ganDivergence,
  totalVariation: losses.totalVariation,
  alpha: losses.alpha(3),
}

/** Outputs of D from hopeless to certain. None is at a margin of the hinge, where it has no derivative. */
export const logits: readonly number[] = [0, 0.5, 3, 20, 37, 88, 104, 200].flatMap((u) => (u === 0 ? [0] : [-u, u]))

/**
 * What a loss makes of one number, over `logits`: programs that any backend may run, of the state `t` and with the metrics
 * `value`, `slope` and `curvature`, each of as many numbers; and what these are, rounded from fifty digits.
 */
export interface StabilityCase {
  readonly name: string
  readonly term: Term
  readonly program: Program
  readonly expected: { readonly [metric in 'value' | 'slope' | 'curvature']: readonly number[] }
  readonly tolerance: Tolerance
}

interface Tolerance {
  readonly relative: number
  readonly absolute: number
}
const tight: Tolerance = { relative: 1e-14, absolute: 0 }
/** e^600 is as far off as 600 is rounded; tanh and 1 - e^u are exact beside 1. */
const loose: Tolerance = { relative: 2e-13, absolute: 1e-15 }

const caseOf = (name: string, term: Term, exact: Derivatives, tolerance: Tolerance): StabilityCase => {
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
    tolerance,
  }
}

const exactlyAsLogits = new Set(['minimax', 'nonSaturating', 'leastSquares', 'hinge', 'wasserstein', 'ganDivergence'])

/** Losses whose form decides D's best reply point by point. */
const pointwise = Object.entries<Loss>(written).flatMap(([name, loss]) => {
  const sides = forms[name]
  if (sides === undefined) throw new Error(name)
  const { discriminator, generator } = pointwiseGameOfLoss(loss)
  const tolerance = exactlyAsLogits.has(name) ? tight : loose
  return [
    caseOf(`${name}, D on data`, discriminator.a, sides.real, tolerance),
    caseOf(`${name}, D on samples`, discriminator.b, sides.fake, tolerance),
    caseOf(`${name}, G`, generator.b, sides.generator, tolerance),
  ]
})

/** |u|, with the derivative 0 at 0. */
const distance: Derivatives = (u) => [u.abs(), number(Math.sign(u.toNumber())), number(0)]
/** c (1 + u^2 / (2 a))^-a, for a = 1/2: c / sqrt(1 + u^2) */
const rational: Derivatives = (u) => {
  const root = u.pow(2).plus(1).sqrt()
  return [root.pow(-1), u.neg().div(root.pow(3)), u.pow(2).times(2).minus(1).div(root.pow(5))]
}
/** exp(-u^2 / (2 s^2)) */
const gaussian =
  (s: number): Derivatives =>
  (u) => {
    const value = u
      .pow(2)
      .div(-2 * s * s)
      .exp()
    const rate = u.div(-s * s)
    return [value, value.times(rate), value.times(rate.pow(2).minus(1 / (s * s)))]
  }

/** What losses over features and reconstructions are made of, as functions of how far two of them lie apart. */
const parts: readonly StabilityCase[] = [
  caseOf('distance: energyDistance, cramer, energyBased', sqrt(square(t)).term, distance, loose),
  caseOf('absolute error: boundaryEquilibrium, l1', abs(t).term, distance, loose),
  caseOf('kernel of Gaussians: mmd', gaussianMixture({ bandwidths: [16] })(square(t)).term, gaussian(16), loose),
  caseOf('rational quadratic kernel: mmd', rationalQuadratic({ scales: [0.5] })(square(t)).term, rational, loose),
  caseOf(
    'steepness: wassersteinDivergence',
    pow(square(t), 3).term,
    (u) => [u.pow(6), u.pow(5).times(6), u.pow(4).times(30)],
    loose,
  ),
]

export const stabilityCases: readonly StabilityCase[] = [...pointwise, ...parts]

/** Losses that compare D's outputs with one another. */
export const relative = {
  relativistic: losses.relativistic,
  relativisticLeastSquares: losses.relativisticLeastSquares,
  relativisticHinge: losses.relativisticHinge,
  relativisticAverage: losses.relativisticAverage,
  relativisticAverageLeastSquares: losses.relativisticAverageLeastSquares,
  relativisticAverageHinge: losses.relativisticAverageHinge,
} as const

/** Every loss that is covered, by name. */
export const covered: readonly string[] = [
  ...Object.keys(written),
  ...Object.keys(relative),
  ...parts.flatMap(({ name }) => name.replace(/^.*: /, '').split(', ')),
]
