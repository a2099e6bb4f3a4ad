import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { boundaryEquilibrium, boundaryEquilibriumTheory } from './boundaryEquilibrium.ts'
import { energyBased, energyBasedTheory } from './energyBased.ts'
import { cramer, cramerTheory, energyDistance, energyDistanceTheory } from './energyDistance.ts'
import { alpha, alphaTheory, fTheories } from './fDivergences.ts'
import { hingeTheory } from './hinge.ts'
import { labelSmoothing, labelSmoothingTheory } from './labelSmoothing.ts'
import { leastSquaresTheory } from './leastSquares.ts'
import type { LossTheory } from './lossTheory.ts'
import { minimaxTheory } from './minimax.ts'
import { kernelIn, mmd, mmdTheory } from './mmd.ts'
import { nonSaturatingTheory } from './nonSaturating.ts'
import * as relativistic from './relativistic.ts'
import { losses } from './table.ts'
import { totalVariationTheory } from './totalVariation.ts'
import { wassersteinTheory } from './wasserstein.ts'
import { wassersteinDivergence, wassersteinDivergenceTheory } from './wassersteinDivergence.ts'

/** A loss of given parameters: with a variable, as a hole, in place of each of those that any number may stand for. */
export interface Form {
  readonly loss: Loss
  readonly holes?: readonly string[]
  readonly parameters?: { readonly [name: string]: number }
}

/** A loss as theory knows it: an objective of its form, whatever its parameters, is recognised wherever it was written. */
export interface KnownLoss {
  /** The forms that objectives may have; where parameters are no holes, what these terms show of them is tried. */
  readonly forms: (terms: readonly Term[]) => readonly Form[]
  readonly theory: (parameter: (name: string) => number) => LossTheory
  /** Whether the objectives are compared as a whole: their form does not decide D's best reply point by point. */
  readonly whole: boolean
}

const hole = (name: string): Expr<'batch', [], never> => ({ term: { op: 'variable', name } })
const derived = (loss: Loss, theory: () => LossTheory): KnownLoss => ({
  forms: () => [{ loss }],
  theory,
  whole: false,
})
const plain = (loss: Loss, theory: LossTheory): KnownLoss => derived(loss, () => theory)
const whole = (loss: Loss, theory: LossTheory): KnownLoss => ({ ...plain(loss, theory), whole: true })

/** The numbers that stand in terms. */
const numbersIn = (terms: readonly Term[]): readonly number[] => [
  ...new Set(terms.flatMap(subterms).flatMap((term) => (term.op === 'number' ? [Math.abs(term.value)] : []))),
]

/** Each power of t that stands there is a - 1 or a. */
const alphas = (terms: readonly Term[]): readonly Form[] =>
  [...new Set([0, 1, ...numbersIn(terms)].flatMap((n) => [1 + n, 1 - n]).map((a) => Number(a.toPrecision(12))))].map(
    (a) => ({ loss: alpha(a), parameters: { a } }),
  )

const labelForms = (terms: readonly Term[]): readonly Form[] => {
  const labels = [...new Set([0, 1, ...numbersIn(terms)])]
  return labels.flatMap((real) =>
    labels.map((fake) => ({ loss: labelSmoothing({ real, fake }), parameters: { real, fake } })),
  )
}

const divergenceForms = (terms: readonly Term[]): readonly Form[] =>
  numbersIn(terms).flatMap((weight) =>
    numbersIn(terms).map((half) => {
      const parameters = { weight, power: 2 * half }
      return { loss: wassersteinDivergence(parameters), parameters }
    }),
  )

const estimates = ['unbiased', 'biased'] as const

/** A row for each loss there is. A form that is a special case of another stands before it. */
export const knownLosses: { readonly [K in Exclude<keyof typeof losses, 'fGan'>]: KnownLoss } = {
  minimax: plain(losses.minimax, minimaxTheory),
  nonSaturating: plain(losses.nonSaturating, nonSaturatingTheory),
  labelSmoothing: {
    forms: labelForms,
    theory: (parameter) => labelSmoothingTheory({ real: parameter('real'), fake: parameter('fake') }),
    whole: false,
  },
  leastSquares: {
    forms: () => [{ loss: losses.leastSquares({ a: hole('a'), b: hole('b'), c: hole('c') }), holes: ['a', 'b', 'c'] }],
    theory: (parameter) => leastSquaresTheory({ a: parameter('a'), b: parameter('b'), c: parameter('c') }),
    whole: false,
  },
  hinge: plain(losses.hinge, hingeTheory),
  wassersteinDivergence: {
    forms: divergenceForms,
    theory: () => wassersteinDivergenceTheory,
    whole: true,
  },
  wasserstein: plain(losses.wasserstein, wassersteinTheory),
  kullbackLeibler: derived(losses.kullbackLeibler, fTheories.kullbackLeibler),
  reverseKullbackLeibler: derived(losses.reverseKullbackLeibler, fTheories.reverseKullbackLeibler),
  pearson: derived(losses.pearson, fTheories.pearson),
  neyman: derived(losses.neyman, fTheories.neyman),
  squaredHellinger: derived(losses.squaredHellinger, fTheories.squaredHellinger),
  jensenShannon: derived(losses.jensenShannon, fTheories.jensenShannon),
  ganDivergence: derived(losses.ganDivergence, fTheories.ganDivergence),
  totalVariation: plain(losses.totalVariation, totalVariationTheory),
  alpha: { forms: alphas, theory: (parameter) => alphaTheory(parameter('a')), whole: false },
  relativistic: whole(losses.relativistic, relativistic.relativisticTheory),
  relativisticLeastSquares: whole(losses.relativisticLeastSquares, relativistic.relativisticLeastSquaresTheory),
  relativisticHinge: whole(losses.relativisticHinge, relativistic.relativisticHingeTheory),
  relativisticAverage: whole(losses.relativisticAverage, relativistic.relativisticAverageTheory),
  relativisticAverageLeastSquares: whole(
    losses.relativisticAverageLeastSquares,
    relativistic.relativisticAverageLeastSquaresTheory,
  ),
  relativisticAverageHinge: whole(losses.relativisticAverageHinge, relativistic.relativisticAverageHingeTheory),
  energyBased: {
    forms: () =>
      (['reconstruction', 'output'] as const).map((energy) => ({
        loss: energyBased({ margin: hole('margin'), energy }),
        holes: ['margin'],
      })),
    theory: (parameter) => energyBasedTheory({ margin: parameter('margin') }),
    whole: true,
  },
  boundaryEquilibrium: {
    forms: () => [
      {
        loss: boundaryEquilibrium({ diversity: hole('diversity'), rate: hole('rate') }),
        holes: ['diversity', 'rate'],
      },
    ],
    theory: (parameter) => boundaryEquilibriumTheory({ diversity: parameter('diversity') }),
    whole: true,
  },
  energyDistance: {
    forms: () => estimates.map((estimate) => ({ loss: energyDistance({ estimate }) })),
    theory: () => energyDistanceTheory,
    whole: true,
  },
  mmd: {
    forms: (terms) =>
      terms.flatMap(kernelIn).flatMap((kernel) => estimates.map((estimate) => ({ loss: mmd({ kernel, estimate }) }))),
    theory: () => mmdTheory,
    whole: true,
  },
  cramer: {
    forms: (terms) => numbersIn(terms).map((weight) => ({ loss: cramer({ weight }), parameters: { weight } })),
    theory: () => cramerTheory,
    whole: true,
  },
}
