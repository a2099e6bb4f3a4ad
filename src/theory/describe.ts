import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Parameters } from '../dsl/objectives/piece.ts'
import { latex } from '../dsl/printing/latex.ts'
import { text } from '../dsl/printing/text.ts'
import type { Term } from '../dsl/terms/term.ts'
import { type Closed, type LossTheory, withNames } from '../losses/lossTheory.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Summit } from './climb.ts'
import { isCoupled } from './coupling.ts'
import { bestReplies, type PointwiseGame, valueAtOptimum } from './criterion.ts'
import type { Distribution } from './distribution.ts'
import { decisionThreshold, type Threshold, valueAtEquilibrium } from './equilibrium.ts'
import { knownLosses } from './knownLosses.ts'
import { noTheory } from './noTheory.ts'
import { nameOf, type Observed, observedBy, paysForObserved } from './observed.ts'
import { type Optimum, optimalDiscriminator } from './optimalDiscriminator.ts'
import { type AdversarialPair, adversarialPairs, criticIn, finiteGameOf, pointwiseGameOf } from './pointwiseGames.ts'
import { type Reading, readingOf } from './range.ts'
import { withoutRanking } from './ranking.ts'
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
  readonly parameters: { readonly [name: string]: number | string }
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
export interface PairTheory {
  readonly type: 'known'
  readonly pairing: AdversarialPair
  /** What D sees, where that is not data and samples themselves: P and Q are then its distributions, p and q their densities. */
  readonly observed?: Observed
  /** What D's value t stands for, and the range that its last layer gives it. */
  readonly reading: Reading
  readonly range: string
  /** D makes E_data[real] + E_g[fake] + constant great; t is D's value. */
  readonly discriminator: { readonly real: Formula; readonly fake: Formula; readonly constant: number }
  /** The generator makes E_g[fake] small: of all its samples, or of those that D ranks highest. */
  readonly generator: {
    readonly fake: Formula
    readonly of: 'all' | 'best'
    /** What g is: `p_g`, or what D sees of it. */
    readonly over: string
  }
  /** What the form leaves out: penalties on D, and what does not depend on D. */
  readonly setAside: readonly Formula[]
  /** Computed from the objectives, whether or not the loss is known. */
  readonly optimum: readonly OptimumRow[]
  /** What D sees of a few finite distributions of data and samples, and its best reply, where that is something else. */
  readonly finite: readonly ReplyRow[]
  /** Not finite where it is not known. */
  readonly equilibrium: number
  readonly threshold?: Threshold
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** D's best reply at each point, or each pack, where data and samples have these distributions; and its value. */
export interface ReplyRow {
  readonly p: Distribution
  readonly q: Distribution
  readonly replies: readonly Optimum[]
  /** `NaN` where it is not known. */
  readonly value: number
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
  readonly pairing: AdversarialPair
  readonly observed?: Observed
  readonly reason: string
  /** The objective without its penalties on a few finite distributions, where it is a function of D's values at all. */
  readonly finite: readonly FiniteRow[]
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** What theory says of each pair of adversaries. Penalties are set aside: they change the game, and are named. */
export type TheoryReport = readonly (PairTheory | UnknownTheory)[]

/**
 * What theory says of a game, by its objectives alone: nothing is trained and no data are read.
 *
 * @example const report = theoryOf(spec)
 */
export const theoryOf = (game: GameSpec): TheoryReport =>
  adversarialPairs(game).map((pairing) => {
    const whole = recogniseWhole(game, pairing, knownLosses(game))
    const caveats = caveatsOf(game, pairing)
    return pipe(
      whole?.penalised ? E.left(noTheory(byTheWhole)) : pointwiseGameOf(game, pairing),
      E.match(
        (reason): PairTheory | UnknownTheory => ({
          type: 'unknown',
          pairing,
          reason: caveats.isCoupled ? notIndependent : reason.message,
          finite: whole?.penalised ? [] : finiteRows(game, pairing),
          ...(caveats.observed !== undefined && { observed: caveats.observed }),
          ...(whole !== undefined && { loss: knownTheory(whole, caveats) }),
        }),
        (pointwiseGame) =>
          describe(pairing, pointwiseGame, whole ?? recognise(pointwiseGame, knownLosses(game)), caveats),
      ),
    )
  })

/** What the sight of a discriminator says of the claims on its loss. */
interface Caveats {
  readonly observed?: Observed
  /** Whether D compares real and generated samples that are not drawn apart. */
  readonly isCoupled: boolean
  /** What the generator follows, where that is not what the literature says of the loss. */
  readonly follows?: string
}

const caveatsOf = (game: GameSpec, pairing: AdversarialPair): Caveats => {
  const critic = criticIn(game, pairing)
  const [one, other] = [game.players[pairing.discriminator.player], game.players[pairing.generator.player]]
  if (E.isLeft(critic) || one === undefined || other === undefined) return { isCoupled: false }
  const observed = observedBy(critic.right)
  const { objective, ranked } = withoutRanking(other.objective)
  const follows = ranked ? byRank : paysForObserved(critic.right, objective) ? undefined : besideObserved
  return {
    isCoupled: isCoupled(critic.right, one.objective),
    ...(observed !== undefined && { observed: observed }),
    ...(follows !== undefined && { follows }),
  }
}

const notIndependent =
  'D compares real and generated samples that are not drawn apart, as where they change places together'
const byRank = 'its cost of those samples alone that D ranks highest, which is no divergence'
const besideObserved =
  'its own cost at a D that stands still: D* is best for P and Q, which the generator does not pay for'

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

const finiteRows = (game: GameSpec, pairing: AdversarialPair): readonly FiniteRow[] =>
  pipe(
    finiteGameOf(game, pairing),
    E.match(
      () => [],
      ({ best }) => pairsOfTwo.map(({ p, q }) => ({ p, q, best: best(p, q) })),
    ),
  )

const describe = (
  pairing: AdversarialPair,
  pointwiseGame: PointwiseGame,
  loss: Recognised | undefined,
  caveats: Caveats,
): PairTheory => {
  const { discriminator, generator, range } = pointwiseGame
  const reply = optimalDiscriminator(discriminator, range)
  const threshold = decisionThreshold(pointwiseGame)
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
    generator: { fake: formulaOf(generator.b), of: pointwiseGame.ranked ? 'best' : 'all', over: overOf(pointwiseGame) },
    setAside: [...discriminator.penalties, ...discriminator.others, ...generator.penalties, ...generator.others].map(
      formulaOf,
    ),
    optimum: ratios.map(([p, q]) => ({ p, q, optimum: reply(p, q).optimum })),
    finite: caveats.observed === undefined ? [] : replyRows(pointwiseGame),
    equilibrium: valueAtEquilibrium(pointwiseGame),
    ...(caveats.observed !== undefined && { observed: caveats.observed }),
    ...(threshold !== undefined && { threshold }),
    ...(loss !== undefined && { loss: knownTheory(loss, caveats) }),
  }
}

const overOf = ({ generator: { laws }, view }: PointwiseGame): string => nameOf(laws.fake, laws, view)

/** Packs of two points are as many as 2 to the power of their samples: no more than these are shown. */
const mostPacked = 3

const replyRows = (pointwiseGame: PointwiseGame): readonly ReplyRow[] => {
  const [replies, value] = [bestReplies(pointwiseGame), valueAtOptimum(pointwiseGame)]
  const rows = pointwiseGame.discriminator.laws.real.samples > mostPacked ? [] : pairsOfTwo
  return rows.map(({ p, q }) => ({ p, q, replies: replies(p, q).map(({ optimum }) => optimum), value: value(p, q) }))
}

const formulaOf = (term: Term): Formula => ({ text: text(term), latex: latex(term) })

const knownTheory = ({ name, parameters, theory, sigmoidInside }: Recognised, caveats: Caveats): KnownTheory => {
  const named = (each: string): string =>
    caveats.observed === undefined ? each : withNames(each, { data: 'P', generated: 'Q' })
  const { optimum, equilibrium, value, generator } = theory
  const closed = optimum.type === 'closed' ? optimum : undefined
  const output = sigmoidInside ? closed?.probability : optimumOf(optimum)
  return {
    loss: name,
    parameters: shownParameters(parameters),
    ...(output !== undefined && { optimum: formulaOf(output.term) }),
    ...(closed?.probability !== undefined && { probability: formulaOf(closed.probability.term) }),
    ...(optimum.type === 'relative' && { upTo: named(upTo(optimum.factor?.text)) }),
    ...(optimum.type === 'constrained' && { constraint: optimum.constraint }),
    ...(optimum.type === 'open' && { open: optimum.reason }),
    equilibrium: named(equilibrium.text),
    value: named(value.text),
    divergence: named(value.divergence),
    generator: caveats.follows ?? named(generator.follows),
  }
}

/** Parameters as they are shown: an expression as its formula. */
const shownParameters = (parameters: Parameters): KnownTheory['parameters'] =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, each]) => {
      if (typeof each !== 'object') return [[name, each]]
      return 'term' in each ? [[name, text(each.term)]] : []
    }),
  )

const optimumOf = (optimum: LossTheory['optimum']): Closed | undefined =>
  optimum.type === 'closed' || optimum.type === 'relative' ? optimum.output : undefined

const upTo = (factor: string | undefined): string =>
  `${factor === undefined ? '' : `times ${factor}, `}plus any constant`
