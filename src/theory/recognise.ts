import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type Holes, matchTerm, type Renaming } from '../algebra/matchTerm.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { type Form, type KnownLoss, knownLosses } from '../losses/known.ts'
import type { LossTheory } from '../losses/lossTheory.ts'
import type { GameSpec } from '../spec/spec.ts'
import { anyDivergence } from './anyDivergence.ts'
import type { Duel } from './criterion.ts'
import { criticOf } from './critic.ts'
import { criticIn, type Pairing } from './duels.ts'
import { matchObjective, type Side } from './matchObjective.ts'
import { through } from './optimalDiscriminator.ts'
import { withPlainSight } from './plainSight.ts'
import { anyNumber } from './range.ts'
import { withoutRanking } from './ranking.ts'
import { type Separable, separate } from './separable.ts'

/** A known loss that both sides of a duel are of the form of. */
export interface Recognised {
  readonly name: string
  readonly parameters: { readonly [name: string]: number }
  readonly theory: LossTheory
  /** Whether D's last layer is the sigmoid that the loss applies: then D gives the probability. */
  readonly sigmoidInside: boolean
  /** Whether a penalty is part of the loss, which decides D* as well. */
  readonly penalised: boolean
}

interface Sides {
  readonly discriminator: Separable
  readonly generator: Separable
}

/** The loss of this form, whatever its parameters, however the game came to be written. */
export const recognise = (duel: Duel): Recognised | undefined =>
  firstOf(
    ({ whole }) => !whole,
    [duel.discriminator.a, duel.discriminator.b, duel.generator.b],
    (form) => matchSides(form, duel),
    duel.range !== anyNumber,
  ) ?? ofOwnDivergence(duel)

const ofOwnDivergence = (duel: Duel): Recognised | undefined => {
  const theory = anyDivergence(duel)
  return theory && { name: 'fGan', parameters: {}, theory, sigmoidInside: false, penalised: false }
}

/**
 * The loss whose objectives these are as a whole, in which D's values are compared with one another or reconstruct. Where D
 * sees mixtures, packs or views, the loss is that of what it sees.
 */
export const recogniseWhole = (game: GameSpec, pairing: Pairing): Recognised | undefined => {
  const [own, others] = [game.players[pairing.discriminator.player], game.players[pairing.generator.player]]
  if (own === undefined || others === undefined) return undefined
  const critic = criticIn(game, pairing)
  const plain = (side: Side): Side | undefined => (E.isRight(critic) ? withPlainSight(critic.right, side) : side)
  const [one, other] = [plain(own), plain({ ...others, objective: withoutRanking(others.objective).objective })]
  if (one === undefined || other === undefined) return undefined
  const renaming = renamingOf(pairing, one.objective)
  return firstOf(
    ({ whole }) => whole,
    [one.objective],
    ({ loss, holes = [] }) => matchPlayers(loss, holes, one, other, renaming),
    false,
  )
}

const firstOf = (
  among: (loss: KnownLoss) => boolean,
  terms: readonly Term[],
  match: (form: Form) => Holes | undefined,
  sigmoidInside: boolean,
): Recognised | undefined => {
  for (const [name, known] of Object.entries<KnownLoss>(knownLosses).filter(([, each]) => among(each)))
    for (const form of known.forms(terms)) {
      const parameters = parametersOf(form, match(form))
      if (parameters === undefined) continue
      return {
        name,
        parameters,
        theory: known.theory((each) => parameters[each] ?? Number.NaN),
        sigmoidInside,
        penalised: subterms(form.loss.discriminator.objective).some(({ op }) => op === 'grad'),
      }
    }
  return undefined
}

/** The numbers that holes stand for, where each stands for one. */
const parametersOf = ({ holes = [], parameters = {} }: Form, found: Holes | undefined) => {
  const numbers = Object.entries(found ?? {}).flatMap(([name, term]) =>
    term.op === 'number' ? [[name, term.value] as const] : [],
  )
  return found !== undefined && numbers.length === holes.length
    ? { ...parameters, ...Object.fromEntries(numbers) }
    : undefined
}

const matchSides = ({ loss, holes = [] }: Form, { discriminator, generator, range }: Duel): Holes | undefined => {
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

/** Which names of a game are D, G, data and latent in a loss. */
const renamingOf = ({ discriminator, generator }: Pairing, objective: Term): Renaming => {
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

/** Both sides of a known loss, as its form says them. */
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
