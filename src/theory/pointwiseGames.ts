import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { addends, total, whole } from '../algebra/addends.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { GameSpec } from '../spec/spec.ts'
import { withoutCoins } from './coins.ts'
import { isCoupled } from './coupling.ts'
import type { PointwiseGame } from './criterion.ts'
import { type Critic, criticOf } from './critic.ts'
import { type FiniteGame, finiteGame } from './finiteGame.ts'
import { packs } from './given.ts'
import { noTheory } from './noTheory.ts'
import { rangeOf } from './range.ts'
import { withoutRanking } from './ranking.ts'
import { separate } from './separable.ts'

/** An output of one player's network that judges what another player's networks make. */
export interface AdversarialPair {
  readonly discriminator: { readonly player: string; readonly network: string; readonly output?: string }
  readonly generator: { readonly player: string; readonly networks: readonly string[] }
}

/** Every pair of adversaries in a game: those of a gan as its provenance names them. */
export const adversarialPairs = (game: GameSpec): readonly AdversarialPair[] => {
  if (game.provenance === undefined) return inferred(game)
  const { discriminator, generator } = game.provenance.roles
  return [{ discriminator, generator: { player: generator.player, networks: [generator.network] } }]
}

const inferred = (game: GameSpec): readonly AdversarialPair[] =>
  Object.entries(game.players).flatMap(([player, spec]) => {
    const scores = subterms(spec.objective).flatMap((term) =>
      term.op === 'apply' && spec.over.includes(term.network)
        ? [{ term, within: Object.values(term.inputs).flatMap(subterms) }]
        : [],
    )
    const trunks = trunksIn(scores.flatMap(({ within }) => within))
    // A trunk's features are no judgement: the head that reads them is.
    const inner = new Set<Term>(scores.flatMap(({ within }) => within))
    const found = scores
      .filter(({ term }) => !inner.has(term))
      .flatMap(({ term, within }) => {
        const makers = new Set(within.flatMap((part) => (part.op === 'apply' ? [part.network] : [])))
        return Object.entries(game.players).flatMap(([other, { over }]) => {
          const networks = over.filter((name) => makers.has(name) && !spec.over.includes(name) && !trunks.has(name))
          return other === player || networks.length === 0
            ? []
            : [{ network: term.network, output: term.output, other, networks }]
        })
      })
    const unique = new Map(found.map((each) => [JSON.stringify([each.network, each.output, each.other]), each]))
    return [...unique.values()].map(({ network, output, other, networks }) => ({
      discriminator: { player, network, ...(output !== undefined && { output }) },
      generator: { player: other, networks },
    }))
  })

/** Networks that a critic reads both data and generated samples through. They generate nothing themselves. */
const trunksIn = (terms: readonly Term[]): ReadonlySet<string> => {
  const applications = terms.flatMap((term) => (term.op === 'apply' ? [term] : []))
  const readsMade = ({ inputs }: (typeof applications)[number]): boolean =>
    Object.values(inputs)
      .flatMap(subterms)
      .some(({ op }) => op === 'apply')
  const through = applications.filter(readsMade).map(({ network }) => network)
  const direct = new Set(applications.filter((term) => !readsMade(term)).map(({ network }) => network))
  return new Set(through.filter((network) => direct.has(network)))
}

/** The critic that a pairing's discriminator is. */
export const criticIn = (game: GameSpec, { discriminator, generator }: AdversarialPair): E.Either<NoAnswer, Critic> =>
  pipe(
    playerOf(game, discriminator.player),
    E.flatMap(({ objective, over }) =>
      criticOf(objective, discriminator.network, discriminator.output, {
        makers: generator.networks,
        own: over,
        steps: game.steps,
      }),
    ),
  )

/** Both sides of a pairing in the form that decides D's best reply point by point, or why they have none. */
export const pointwiseGameOf = (game: GameSpec, pairing: AdversarialPair): E.Either<NoAnswer, PointwiseGame> =>
  pipe(
    E.Do,
    E.bind('critic', () => criticIn(game, pairing)),
    E.bind('one', () => playerOf(game, pairing.discriminator.player)),
    E.bind('other', () => playerOf(game, pairing.generator.player)),
    E.bind('discriminator', ({ critic, one }) => separate(critic, one.objective, one.goal === 'maximise' ? 1 : -1)),
    E.let('ranking', ({ other }) => withoutRanking(other.objective)),
    E.bind('generator', ({ critic, other, ranking }) =>
      separate(critic, ranking.objective, other.goal === 'minimise' ? 1 : -1),
    ),
    E.map(({ critic, discriminator, generator, ranking }) => ({
      discriminator,
      generator,
      range: rangeIn(game, pairing),
      ranked: ranking.ranked,
      ...(critic.view !== undefined && { view: critic.view }),
    })),
  )

/**
 * The discriminator's side of a pairing on finite distributions of data and samples, whatever its form: a table of what D gives
 * each, or each pack. Penalties are left out. Left: what no table shows.
 */
export const finiteGameOf = (game: GameSpec, pairing: AdversarialPair): E.Either<NoAnswer, FiniteGame> =>
  pipe(
    E.Do,
    E.bind('critic', () => criticIn(game, pairing)),
    E.bind('player', () => playerOf(game, pairing.discriminator.player)),
    E.let('objective', ({ critic, player }) => withoutCoins(withoutPenalties(player.objective), critic.isMade)),
    E.filterOrElse(
      ({ critic, objective }) => !isCoupled(critic, objective),
      () => noTheory('D compares real and generated samples that share a draw'),
    ),
    E.flatMap(({ critic, player: { goal }, objective }) =>
      pipe(
        finiteGame(critic, objective, goal === 'maximise' ? 1 : -1, rangeIn(game, pairing)),
        E.map(({ value, best }): FiniteGame => {
          const { samples } = critic.laws.real
          return { value, best: (p, q, start) => best(packs(p, samples), packs(q, samples), start) }
        }),
      ),
    ),
  )

const withoutPenalties = (objective: Term): Term =>
  total(
    addends(objective, 1).flatMap((addend) =>
      addend.term !== undefined && subterms(addend.term).some(({ op }) => op === 'grad') ? [] : [whole(addend)],
    ),
  )

/**
 * Every pairing of a game that has that form.
 *
 * @example for (const { range, ranked } of pointwiseGamesOf(spec)) console.log(range, ranked)
 */
export const pointwiseGamesOf = (game: GameSpec): readonly PointwiseGame[] =>
  adversarialPairs(game).flatMap((pairing) =>
    pipe(
      pointwiseGameOf(game, pairing),
      E.match(
        () => [],
        (pointwiseGame) => [pointwiseGame],
      ),
    ),
  )

const rangeIn = (game: GameSpec, { discriminator: { network, output } }: AdversarialPair) =>
  rangeOf(game.networks[network] ?? { nodes: [], output: 0 }, output)

const playerOf = (game: GameSpec, name: string): E.Either<NoAnswer, PlayerSpec> =>
  pipe(game.players[name], E.fromNullable(noTheory(`the game has no player ${name}`)))
