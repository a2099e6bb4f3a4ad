import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { latex } from '../dsl/latex.ts'
import type { GameSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'
import { text } from '../dsl/text.ts'
import type { Summit } from './climb.ts'
import type { Duel } from './criterion.ts'
import { duelOf, finiteGameOf, type Pairing, pairings } from './duels.ts'
import { decisionThreshold, type Threshold, valueAtEquilibrium } from './equilibrium.ts'
import type { Closed, LossTheory } from './lossTheory.ts'
import { type Optimum, optimalDiscriminator } from './optimalDiscriminator.ts'
import { type Reading, readingOf } from './range.ts'
import { type Recognised, recognise, recogniseWhole } from './recognise.ts'

/** A formula in both notations. */
export interface Formula {
  readonly text: string
  readonly latex: string
}

/** D's best reply where data and samples have these densities. */
export interface OptimumRow {
  readonly p: number
  readonly q: number
  readonly optimum: Optimum
}

export interface KnownTheory {
  /** `leastSquares`, and its parameters. */
  readonly loss: string
  readonly parameters: { readonly [name: string]: number }
  /** D* as a formula of p and q. Absent where it needs a constraint, which `constraint` says. */
  readonly optimum?: Formula
  /** What may be done to that formula: D* is decided over all points at once. */
  readonly upTo?: string
  /** What is known of D* where that is no formula. */
  readonly open?: string
  /** The probability that D*'s value stands for. */
  readonly probability?: Formula
  readonly constraint?: string
  readonly equilibrium: string
  /** V(D*, G), and the divergence that it measures. */
  readonly value: string
  readonly divergence: string
  /** What the generator's gradient is that of, with D* held fixed. */
  readonly generator: string
}

/** What theory says of a generator against a discriminator whose value enters the objectives point by point. */
export interface DuelTheory {
  readonly type: 'known'
  readonly pairing: Pairing
  /** What D's value t stands for, and the range that its last layer gives it. */
  readonly reading: Reading
  readonly range: string
  /** D makes E_data[real] + E_g[fake] + constant great; t is D's value. */
  readonly discriminator: { readonly real: Formula; readonly fake: Formula; readonly constant: number }
  /** The generator makes E_g[fake] small. */
  readonly generator: { readonly fake: Formula }
  /** What the form leaves out: penalties on D, and what does not depend on D. */
  readonly setAside: readonly Formula[]
  /** Computed from the objectives, whether or not the loss is known. */
  readonly optimum: readonly OptimumRow[]
  /** Not finite where it is not known. */
  readonly equilibrium: number
  readonly threshold?: Threshold
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** D's best reply to two distributions of two points: the table that Newton's method found. */
export interface FiniteRow {
  readonly p: readonly number[]
  readonly q: readonly number[]
  readonly best: Summit
}

/** A pair of adversaries that has no such form, and why; a few finite distributions of it are solved by Newton's method. */
export interface UnknownTheory {
  readonly type: 'unknown'
  readonly pairing: Pairing
  readonly reason: string
  /** The objective without its penalties on a few finite distributions, where it is a function of D's values at all. */
  readonly finite: readonly FiniteRow[]
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** What theory says of each pair of adversaries. Penalties are set aside: they change the game, and are named. */
export type TheoryReport = readonly (DuelTheory | UnknownTheory)[]

/** What theory says of a game, by its objectives alone: nothing is trained and no data are read. */
export const theoryOf = (game: GameSpec): TheoryReport =>
  pairings(game).map((pairing) => {
    const whole = recogniseWhole(game, pairing)
    return pipe(
      whole?.penalised ? E.left(byTheWhole) : duelOf(game, pairing),
      E.match(
        (reason): DuelTheory | UnknownTheory => ({
          type: 'unknown',
          pairing,
          reason,
          finite: whole?.penalised ? [] : finiteRows(game, pairing),
          ...(whole !== undefined && { loss: knownTheory(whole) }),
        }),
        (duel) => describe(pairing, duel, whole ?? recognise(duel)),
      ),
    )
  })

/** What is left of such a loss without its penalty says nothing of D*. */
const byTheWhole = 'a penalty is part of the loss'

const ratios = [
  [1, 9],
  [1, 3],
  [1, 1],
  [3, 1],
  [9, 1],
] as const

const pairsOfTwo = [
  { p: [0.5, 0.5], q: [0.5, 0.5] },
  { p: [0.75, 0.25], q: [0.25, 0.75] },
]

const finiteRows = (game: GameSpec, pairing: Pairing): readonly FiniteRow[] =>
  pipe(
    finiteGameOf(game, pairing),
    E.match(
      () => [],
      ({ best }) => pairsOfTwo.map(({ p, q }) => ({ p, q, best: best(p, q) })),
    ),
  )

const describe = (pairing: Pairing, duel: Duel, loss: Recognised | undefined): DuelTheory => {
  const { discriminator, generator, range } = duel
  const reply = optimalDiscriminator(discriminator, range)
  const threshold = decisionThreshold(duel)
  return {
    type: 'known',
    pairing,
    reading: readingOf(range, [discriminator.a, discriminator.b]),
    range: range.text,
    discriminator: {
      real: formulaOf(discriminator.a),
      fake: formulaOf(discriminator.b),
      constant: discriminator.constant,
    },
    generator: { fake: formulaOf(generator.b) },
    setAside: [...discriminator.penalties, ...discriminator.others, ...generator.penalties, ...generator.others].map(
      formulaOf,
    ),
    optimum: ratios.map(([p, q]) => ({ p, q, optimum: reply(p, q).optimum })),
    equilibrium: valueAtEquilibrium(duel),
    ...(threshold !== undefined && { threshold }),
    ...(loss !== undefined && { loss: knownTheory(loss) }),
  }
}

const formulaOf = (term: Term): Formula => ({ text: text(term), latex: latex(term) })

const knownTheory = ({ name, parameters, theory, sigmoidInside }: Recognised): KnownTheory => {
  const { optimum, equilibrium, value, generator } = theory
  const closed = optimum.type === 'closed' ? optimum : undefined
  const output = sigmoidInside ? closed?.probability : optimumOf(optimum)
  return {
    loss: name,
    parameters,
    ...(output !== undefined && { optimum: formulaOf(output.term) }),
    ...(closed?.probability !== undefined && { probability: formulaOf(closed.probability.term) }),
    ...(optimum.type === 'relative' && { upTo: upTo(optimum.factor?.text) }),
    ...(optimum.type === 'constrained' && { constraint: optimum.constraint }),
    ...(optimum.type === 'open' && { open: optimum.reason }),
    equilibrium: equilibrium.text,
    value: value.text,
    divergence: value.divergence,
    generator: generator.follows,
  }
}

const optimumOf = (optimum: LossTheory['optimum']): Closed | undefined =>
  optimum.type === 'closed' || optimum.type === 'relative' ? optimum.output : undefined

const upTo = (factor: string | undefined): string =>
  `${factor === undefined ? '' : `times ${factor}, `}plus any constant`
