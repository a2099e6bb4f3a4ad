import * as E from '#fp-ts/Either'
import { definitionOf } from '../dsl/sources/table.ts'
import type { GameSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'
import { identifier, subterms } from '../dsl/termParts.ts'
import type { Elaborated } from './elaborate.ts'

export type Application = Extract<Term, { readonly op: 'apply' }>
type Sample = Extract<Term, { readonly op: 'sample' }>

/** Who is who in a game, read off its objectives. */
export interface Roles {
  /** The player that owns the critic. */
  readonly player: string
  /** The network that is applied both to data and to what another network makes. */
  readonly critic: string
  /** A sample of the data as the critic sees it. */
  readonly real: Sample
  /** What the critic is given in its place. */
  readonly generated: Application
  /** The critic applied to each of the two. */
  readonly realScore: Application
  readonly generatedScore: Application
}

/**
 * The first pair of applications of one network, in the objective of a player that owns it, of which one reads a sample of
 * the data where the other reads what another network makes. What is made of that very sample (an autoencoder's) is not
 * meant: the two would not be independent. Left: why a game has no such roles, as the Dirac-GAN, in which nothing is drawn.
 */
export const rolesOf = ({ game }: Pick<Elaborated, 'game'>): E.Either<string, Roles> => {
  const found = Object.keys(game.players).flatMap((player) => rolesFor(game, player))[0]
  return found === undefined
    ? E.left('no player owns a network that is applied both to data and to what another network makes of other draws')
    : E.right(found)
}

const rolesFor = (game: GameSpec, player: string): readonly Roles[] => {
  const { objective, over } = game.players[player] ?? { objective: { op: 'number', value: 0 }, over: [] }
  const applied = subterms(objective).filter((term) => term.op === 'apply')
  return over.flatMap((critic) => {
    const scores = applied.filter(({ network }) => network === critic)
    return scores.flatMap((realScore) =>
      scores.flatMap((generatedScore) =>
        compared(game, realScore, generatedScore).map((pair) => ({
          player,
          critic,
          ...pair,
          realScore,
          generatedScore,
        })),
      ),
    )
  })
}

/** The inputs in which one application reads data, and the other what a network makes. */
const compared = (
  game: GameSpec,
  left: Application,
  right: Application,
): readonly Pick<Roles, 'real' | 'generated'>[] => {
  if (left.output !== right.output) return []
  return Object.entries(left.inputs).flatMap(([name, real]) => {
    const generated = right.inputs[name]
    return real.op === 'sample' && isData(game, real) && generated?.op === 'apply' && !mentions(generated, real)
      ? [{ real, generated }]
      : []
  })
}

const isData = ({ sources }: GameSpec, { source }: Sample): boolean => {
  const data = sources[source]
  return data !== undefined && definitionOf(data).role === 'data'
}

const mentions = (term: Term, part: Term): boolean => {
  const identify = identifier()
  return subterms(term).some((each) => identify(each) === identify(part))
}
