import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Elaborated } from '../compile/elaborate.ts'
import type { Roles } from '../compile/roles.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { type Critic, criticOf, recast } from '../theory/critic.ts'
import { decisionThreshold, type Threshold } from '../theory/equilibrium.ts'
import { type Reading, rangeOf, readingOf } from '../theory/range.ts'
import { separate } from '../theory/separable.ts'
import { notMeasured } from './notMeasured.ts'

/** What a critic's number means, by its owner's objective. */
export interface CriticReading {
  readonly reading: Reading
  /** From where on a sample counts as real. Left: why no number parts real from generated. */
  readonly threshold: E.Either<NoAnswer, Threshold>
}

export const readCritic = ({ game }: Pick<Elaborated, 'game'>, roles: Roles): E.Either<NoAnswer, CriticReading> => {
  const player = game.players[roles.player]
  const graph = game.networks[roles.critic]
  if (player === undefined || graph === undefined) throw new Error(`broken invariant: no ${roles.player} in the game`)
  const { output } = roles.realScore
  const range = rangeOf(graph, output)
  return pipe(
    criticOf(player.objective, roles.critic, output, readingIn(game, roles)),
    E.map((critic) => asCast(critic, roles)),
    E.flatMap((critic) => separate(critic, player.objective, player.goal === 'maximise' ? 1 : -1)),
    E.map((discriminator) => ({
      reading: readingOf(range, [discriminator.a, discriminator.b]),
      threshold: E.fromNullable(
        notMeasured('no value of the best reply parts what is likelier real from what is likelier generated'),
      )(decisionThreshold({ discriminator, range })),
    })),
  )
}

/** Behind a trunk, only its features of generated samples count as generated. */
const readingIn = ({ steps }: Elaborated['game'], { trunk, generated }: Roles) =>
  trunk.length === 0 ? { steps } : { steps, makers: [generated.network] }

/** Of an encoder's and a generator's pairs the objective alone does not say which are the real ones. */
const asCast = (critic: Critic, { realScore }: Roles): Critic =>
  critic.lawOf(realScore)?.kind === 'fake' ? recast(critic) : critic
