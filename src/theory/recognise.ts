import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { evaluateTerm } from '../algebra/evaluateTerm.ts'
import { type Holes, matchTerm, type Renaming } from '../algebra/matchTerm.ts'
import type { Parameters } from '../dsl/objectives/piece.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { at } from '../ir/present.ts'
import type { Finding, Form, LossRow, NamedLoss, Shown } from '../losses/loss.ts'
import type { LossTheory } from '../losses/lossTheory.ts'
import type { GameSpec } from '../spec/spec.ts'
import { anyDivergence } from './anyDivergence.ts'
import type { PointwiseGame } from './criterion.ts'
import { criticOf } from './critic.ts'
import { matchObjective, type Side } from './matchObjective.ts'
import { through } from './optimalDiscriminator.ts'
import { type AdversarialPair, criticIn } from './pointwiseGames.ts'
import { anyNumber } from './range.ts'
import { withoutRanking } from './ranking.ts'
import { type Separable, separate } from './separable.ts'
import { withoutViews } from './withoutViews.ts'

/** A known loss whose form both objectives have. */
export interface Recognised {
  readonly name: string
  readonly parameters: Parameters
  readonly theory: LossTheory
  /** Whether D's last layer is the sigmoid that the loss would apply. D then outputs a probability. */
  readonly sigmoidInside: boolean
  /** Whether a penalty is part of the loss, and so determines D*, too. */
  readonly penalised: boolean
}

/** The losses to look for, by name. */
export interface KnownLosses {
  readonly [name: string]: LossRow
}

interface Sides {
  readonly discriminator: Separable
  readonly generator: Separable
}

/** The loss among `known` whose form the objectives have, with any parameters, however the game was written. */
export const recognise = (pointwiseGame: PointwiseGame, known: KnownLosses): Recognised | undefined => {
  const sigmoidInside = pointwiseGame.range !== anyNumber
  const match: Match = (loss, holes) => matchSides(loss, holes, pointwiseGame)
  const { a, b } = pointwiseGame.discriminator
  const found = firstOf(known, { whole: false, match, candidates: (row) => row.solve?.(shown(a, b)) })
  return found === undefined ? ofOwnDivergence(pointwiseGame) : recognised(found, sigmoidInside)
}

/** D's payoffs as functions of its value; `undefined` if they depend on more. */
const shown = (a: Term, b: Term): Shown => {
  const payoff = (term: Term) => (value: number) => at(evaluateTerm(term, { t: [value] }), 0)
  return { onData: payoff(a), onSamples: payoff(b) }
}

const recognised = (loss: NamedLoss, sigmoidInside: boolean): Recognised | undefined => {
  const theory = loss.theory()
  return (
    theory && {
      name: loss.name,
      parameters: loss.parameters,
      theory,
      sigmoidInside,
      penalised: subterms(loss.discriminator.objective).some(({ op }) => op === 'grad'),
    }
  )
}

const ofOwnDivergence = (pointwiseGame: PointwiseGame): Recognised | undefined => {
  const theory = anyDivergence(pointwiseGame)
  return theory && { name: 'fGan', parameters: {}, theory, sigmoidInside: false, penalised: false }
}

/**
 * Recognises a loss from the whole objectives, because D's scores are compared with each other, or D reconstructs. If D sees mixtures,
 * packs or views, it is the loss of what D sees.
 */
export const recogniseWhole = (
  game: GameSpec,
  pairing: AdversarialPair,
  known: KnownLosses,
): Recognised | undefined => {
  const [own, others] = [game.players[pairing.discriminator.player], game.players[pairing.generator.player]]
  if (own === undefined || others === undefined) return undefined
  const critic = criticIn(game, pairing)
  const plain = (side: Side): Side | undefined => (E.isRight(critic) ? withoutViews(critic.right, side) : side)
  const [one, other] = [plain(own), plain({ ...others, objective: withoutRanking(others.objective).objective })]
  if (one === undefined || other === undefined) return undefined
  const renaming = renamingOf(pairing, one.objective)
  const found = firstOf(known, {
    whole: true,
    match: (loss, holes) => matchPlayers(loss, holes, one, other, renaming),
    candidates: (row) => row.within?.(one.objective),
  })
  return found && recognised(found, false)
}

type Match = (loss: Loss, holes: readonly string[]) => Holes | undefined

interface Search {
  readonly whole: boolean
  readonly match: Match
  /** The losses of a row, with parameters recovered from the objectives. */
  readonly candidates: (row: Finding) => readonly NamedLoss[] | undefined
}

/** Puts losses without parameters first, because they are more specific. */
const firstOf = (known: KnownLosses, { whole, match, candidates }: Search): NamedLoss | undefined => {
  const rows = Object.values(known)
  const plain = rows.filter((row) => typeof row !== 'function')
  const constructors = rows.filter((row) => typeof row === 'function')
  const fits = (loss: NamedLoss): boolean => loss.whole === whole && match(loss, []) !== undefined
  return (
    plain.find(fits) ??
    firstSome(
      constructors.flatMap((row) => row.forms?.() ?? []),
      (form) => solved(form, whole, match),
    ) ??
    firstSome(constructors, (row) => candidates(row)?.find(fits))
  )
}

const firstSome = <A, B>(all: readonly A[], find: (each: A) => B | undefined): B | undefined => {
  for (const each of all) {
    const found = find(each)
    if (found !== undefined) return found
  }
  return undefined
}

/** The loss of a pattern, if each of its holes matched a number. */
const solved = ({ loss, holes, solved }: Form, whole: boolean, match: Match): NamedLoss | undefined => {
  const found = loss.whole === whole ? match(loss, holes) : undefined
  const numbers = Object.entries(found ?? {}).flatMap(([name, term]) =>
    term.op === 'number' ? [[name, term.value] as const] : [],
  )
  return found !== undefined && numbers.length === holes.length ? solved(Object.fromEntries(numbers)) : undefined
}

const matchSides = (
  loss: Loss,
  holes: readonly string[],
  { discriminator, generator, range }: PointwiseGame,
): Holes | undefined => {
  const form = sidesOf(loss)
  if (form === undefined || Math.abs(form.discriminator.constant - discriminator.constant) > 1e-12) return undefined
  const pairs = [
    [form.discriminator.a, discriminator.a],
    [form.discriminator.b, discriminator.b],
    [form.generator.b, generator.b],
  ] as const
  return pairs.reduce<Holes | undefined>(
    (found, [pattern, term]) =>
      found === undefined ? undefined : matchTerm(pattern, through(range, term), holes, found),
    {},
  )
}

const matchPlayers = (loss: Loss, holes: readonly string[], one: Side, other: Side, renaming: Renaming) => {
  const found = matchObjective(loss.discriminator, one, holes, {}, renaming)
  return found === undefined ? undefined : matchObjective(loss.generator, other, holes, found, renaming)
}

/** Maps the game's names to D, G, data and latent. */
const renamingOf = ({ discriminator, generator }: AdversarialPair, objective: Term): Renaming => {
  const made = subterms(objective).flatMap((term) =>
    term.op === 'apply' && generator.networks.includes(term.network)
      ? Object.values(term.inputs).flatMap(subterms)
      : [],
  )
  const sources = (terms: readonly Term[]) => terms.flatMap((term) => (term.op === 'sample' ? [term.source] : []))
  const latents = new Set(sources(made))
  return {
    networks: { ...Object.fromEntries(generator.networks.map((name) => [name, 'G'])), [discriminator.network]: 'D' },
    sources: Object.fromEntries(
      sources(subterms(objective)).map((name) => [name, latents.has(name) ? 'latent' : 'data']),
    ),
  }
}

/** Both objectives of a known loss, as patterns. */
const sidesOf = (form: Loss): Sides | undefined =>
  pipe(
    E.Do,
    E.bind('critic', () => criticOf(form.discriminator.objective, 'D', undefined)),
    E.bind('discriminator', ({ critic }) =>
      separate(critic, form.discriminator.objective, form.discriminator.goal === 'maximise' ? 1 : -1),
    ),
    E.bind('generator', ({ critic }) =>
      separate(critic, form.generator.objective, form.generator.goal === 'minimise' ? 1 : -1),
    ),
    E.match(
      () => undefined,
      (sides) => sides,
    ),
  )
