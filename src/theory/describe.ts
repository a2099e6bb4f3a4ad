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

/** D's best reply for these densities of data and samples. */
export interface OptimumRow {
  readonly p: number
  readonly q: number
  readonly optimum: Optimum
}

export interface KnownTheory {
  /** The loss's name, such as `leastSquares`, and its parameters. */
  readonly loss: string
  readonly parameters: { readonly [name: string]: number | string }
  /** D* as a formula of p and q. Absent if D needs a constraint, which `constraint` states. */
  readonly optimum?: Formula
  /** How far the formula is determined, for a D* that depends on all points: up to a constant, for example. */
  readonly upTo?: string
  /** What is known about D* without a closed form. */
  readonly open?: string
  /** D*'s value as a probability. */
  readonly probability?: Formula
  readonly constraint?: string
  readonly equilibrium: string
  /** V(D*, G), and the divergence that it measures. */
  readonly value: string
  readonly divergence: string
  /** The function whose gradient the generator follows, with D* held fixed. */
  readonly generator: string
}

/** The theory of a generator and a discriminator whose scores enter the objectives point by point. */
export interface PairTheory {
  readonly type: 'known'
  readonly pairing: AdversarialPair
  /** What D sees, if not data and samples themselves. P and Q are then the distributions that it sees, p and q their densities. */
  readonly observed?: Observed
  /** What D's value t means, and its range, which the last layer determines. */
  readonly reading: Reading
  readonly range: string
  /** D maximises E_data[real] + E_g[fake] + constant; t is D's value. */
  readonly discriminator: { readonly real: Formula; readonly fake: Formula; readonly constant: number }
  /** The generator minimises E_g[fake]: over all its samples, or over those that D scores highest. */
  readonly generator: {
    readonly fake: Formula
    readonly of: 'all' | 'best'
    /** The distribution g: `p_g`, or what D sees of it. */
    readonly over: string
  }
  /** Parts that the analysis leaves out: penalties on D, and terms that do not depend on D. */
  readonly setAside: readonly Formula[]
  /** D* at some densities, computed from the objectives. Available for unknown losses, too. */
  readonly optimum: readonly OptimumRow[]
  /** If D sees something other than single samples: its best reply to a few finite distributions. */
  readonly finite: readonly ReplyRow[]
  /** The value at equilibrium. Not finite if unknown. */
  readonly equilibrium: number
  readonly threshold?: Threshold
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** D's best reply at each point or pack, for these distributions of data and samples, and its value. */
export interface ReplyRow {
  readonly p: Distribution
  readonly q: Distribution
  readonly replies: readonly Optimum[]
  /** `NaN` if unknown. */
  readonly value: number
}

/** D's best reply to two distributions over two points, found by Newton's method. */
export interface FiniteRow {
  readonly p: readonly number[]
  readonly q: readonly number[]
  readonly best: Summit
}

/** A pair of adversaries without that form, and why. Newton's method solves it for a few finite distributions. */
export interface UnknownTheory {
  readonly type: 'unknown'
  readonly pairing: AdversarialPair
  readonly observed?: Observed
  readonly reason: string
  /** Best replies to a few finite distributions, without penalties, if the objective is a function of D's scores. */
  readonly finite: readonly FiniteRow[]
  /** What the literature says of a loss of this form. */
  readonly loss?: KnownTheory
}

/** The theory of each pair of adversaries. Penalties change the game; they are listed and set aside. */
export type TheoryReport = readonly (PairTheory | UnknownTheory)[]

/**
 * The theory of a game, from its objectives alone. Trains nothing and reads no data.
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

/** How what D sees affects the claims about the loss. */
interface Caveats {
  readonly observed?: Observed
  /** Whether D compares real and generated samples that share a draw. */
  readonly isCoupled: boolean
  /** What the generator follows, if it differs from the literature on the loss. */
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

const notIndependent = 'D compares real and generated samples that share a draw, as when labels are flipped together'
const byRank = 'its cost on the samples that D scores highest, which is not a divergence'
const besideObserved = "its own cost at a fixed D: D* is optimal for P and Q, which the generator's cost does not use"

/** Without its penalty, such a loss does not determine D*. */
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

/** The most packs to show. Packs of n samples over two points number 2^n. */
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

/** Parameters for display. An expression is shown as its formula. */
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
