import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { addends, total, whole } from '../algebra/addends.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { withoutMemory } from '../dsl/terms/withoutMemory.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { GameSpec } from '../spec/spec.ts'
import { valueAtEquilibrium } from './equilibrium.ts'
import { knownLosses } from './knownLosses.ts'
import { noTheory } from './noTheory.ts'
import { type Observed, observedBy } from './observed.ts'
import { type AdversarialPair, adversarialPairs, criticIn, pointwiseGameOf } from './pointwiseGames.ts'
import { type Posterior, posteriorOf } from './posterior.ts'
import { recognise, recogniseWhole } from './recognise.ts'

/** The value that a game's discriminator maximises, as the game defines it. */
export interface GameValue {
  /** The loss, if it is a known one. */
  readonly loss?: string
  /**
   * V, one number per batch: the discriminator's objective, or minus its cost if it minimises, without penalties
   * on gradients and without what does not depend on D. Memory is as it starts.
   */
  readonly value: Term
  /** The value of D's best reply at p_g = p_data, in the units of V. Left: why it is unknown. */
  readonly equilibrium: E.Either<NoAnswer, number>
  /** What D's best reply means, if it is a probability or a logit. */
  readonly posterior?: Posterior
  /** What D sees, if not data and samples themselves. V is a function of that. */
  readonly observed?: Observed
}

/**
 * The value of the game to a discriminator. Compare V with its own equilibrium: that of an f-GAN is f(1), of a hinge -2, of
 * least squares -(b - a)^2 / 4, and -log 4 of the textbook's game alone (Goodfellow et al. 2014, theorem 1). Left: why the
 * network judges no generator's samples.
 *
 * @example gameValue(spec, { player: 'discriminator', network: 'D', output: 'y' })
 */
export const gameValue = (
  game: GameSpec,
  { player, network, output }: AdversarialPair['discriminator'],
): E.Either<NoAnswer, GameValue> => {
  const spec = game.players[player]
  const pairing = adversarialPairs(game).find(
    ({ discriminator: each }) => each.player === player && each.network === network && each.output === output,
  )
  return spec === undefined || pairing === undefined
    ? E.left(noTheory(`${network} of ${player} scores no samples of another player`))
    : E.right(valueOfPair(game, pairing, spec))
}

const valueOfPair = (game: GameSpec, pairing: AdversarialPair, player: PlayerSpec): GameValue => {
  const { network, output } = pairing.discriminator
  const isOwnScore = (term: Term): boolean => term.op === 'apply' && term.network === network && term.output === output
  const scored = addends(player.objective, player.goal === 'maximise' ? 1 : -1).filter(({ term }) => {
    const parts = term === undefined ? [] : subterms(term)
    return term === undefined || (parts.some(isOwnScore) && parts.every(({ op }) => op !== 'grad'))
  })
  const pointwiseGame = pointwiseGameOf(game, pairing)
  const known = recogniseWhole(game, pairing, knownLosses(game))
  const critic = criticIn(game, pairing)
  const observed = E.isRight(critic) ? observedBy(critic.right) : undefined
  const loss =
    known?.name ?? (E.isRight(pointwiseGame) ? recognise(pointwiseGame.right, knownLosses(game))?.name : undefined)
  const posterior = E.isRight(pointwiseGame) ? posteriorOf(pointwiseGame.right) : undefined
  return {
    value: withoutMemory(total(scored.map(whole))),
    equilibrium: pipe(
      E.fromNullable(noTheory('no known loss'))(known?.theory.equilibrium.value),
      E.orElse(() => E.map(valueAtEquilibrium)(pointwiseGame)),
      E.filterOrElse(Number.isFinite, () => noTheory('no best reply of D is known')),
    ),
    ...(loss !== undefined && { loss }),
    ...(posterior !== undefined && { posterior }),
    ...(observed !== undefined && { observed: observed }),
  }
}
