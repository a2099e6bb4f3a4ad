import * as E from '#fp-ts/Either'
import { sourceKind } from '../dsl/sources/table.ts'
import { unexchanged } from '../dsl/terms/exchange.ts'
import { samplesIn } from '../dsl/terms/seen.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { withoutMemory } from '../dsl/terms/withoutMemory.ts'
import { type NoAnswer, noAnswer } from '../errors/noAnswer.ts'
import { shapesOf, viewsOf } from '../spec/checkProvenance.ts'
import { seenByD } from '../spec/ganPlayers.ts'
import type { Provenance } from '../spec/provenance.ts'
import type { GameSpec } from '../spec/spec.ts'
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
  /**
   * The critic applied to each of the two, as it sees them: through views, or packed. Memory is as it starts, and no samples
   * change places, as flipped labels have them do in training: each score is of one kind alone.
   */
  readonly realScore: Application
  readonly generatedScore: Application
  /** How many independent samples of the kind a score is of: more than 1 where they are packed. */
  readonly samples: number
}

/** Who is who: as a gan's provenance says it, else as the objectives show it. Left: why a game has no such roles. */
export const rolesOf = ({ game }: Pick<Elaborated, 'game'>): E.Either<NoAnswer, Roles> =>
  game.provenance === undefined ? inferred(game) : E.right(known(game, game.provenance))

const known = (game: GameSpec, provenance: Provenance): Roles => {
  const { discriminator, generator, data, latent, packing } = provenance.roles
  const real: Sample = { op: 'sample', ...data }
  const code: Sample = { op: 'sample', ...latent }
  const generated: Application = { op: 'apply', network: generator.network, inputs: { x: code } }
  const isKind = (found: Roles): boolean =>
    found.critic === discriminator.network &&
    found.real.source === data.source &&
    found.generated.network === generator.network
  const written = rolesFor(game, discriminator.player).find(isKind)
  const [realScore, generatedScore] = seenOf(game, provenance, [real, generated]) ?? [
    written?.realScore ?? scoreOf(discriminator.network, real),
    written?.generatedScore ?? scoreOf(discriminator.network, generated),
  ]
  return {
    player: discriminator.player,
    critic: discriminator.network,
    real,
    generated,
    realScore: asked({ ...realScore, ...logitsIn(game, provenance) }),
    generatedScore: asked({ ...generatedScore, ...logitsIn(game, provenance) }),
    samples: packing,
  }
}

const scoreOf = (network: string, x: Term): Application => ({ op: 'apply', network, inputs: { x } })

/** Whether the objective reads the discriminator's logits. */
const logitsIn = ({ players }: GameSpec, { roles: { discriminator } }: Provenance): Pick<Application, 'logits'> => {
  const objective = players[discriminator.player]?.objective
  const parts = objective === undefined ? [] : termsDownTo(objective, isMemory)
  return parts.some((part) => part.op === 'apply' && part.network === discriminator.network && part.logits === true)
    ? { logits: true }
    : {}
}

/** Both kinds as the discriminator sees them; absent where a user wrote one of its views. */
const seenOf = (
  game: GameSpec,
  provenance: Provenance,
  [real, generated]: readonly [Term, Term],
): readonly [Application, Application] | undefined => {
  const views = viewsOf(provenance)
  if (E.isLeft(views) || views.right === undefined) return undefined
  const { packing, discriminator } = provenance.roles
  const seeing = { views: views.right, packing }
  const { sample } = shapesOf(game, provenance)
  const seen = (of: Term): Term => seenByD(scoreOf(discriminator.network, of), seeing, sample)
  const [one, other] = [seen(real), seen(generated)]
  return one.op === 'apply' && other.op === 'apply' ? [one, other] : undefined
}

/**
 * The first pair of applications of one network, in the objective of a player that owns it, of which one reads a sample of
 * the data where the other reads what another network makes. What is made of that very sample (an autoencoder's) is not
 * meant: the two would not be independent. Either may be seen through a view, be packed with more of its kind, or change places
 * with the other now and then. Left: why a game has no such roles, as the Dirac-GAN, in which nothing is drawn.
 */
const inferred = (game: GameSpec): E.Either<NoAnswer, Roles> => {
  const found = Object.keys(game.players).flatMap((player) => rolesFor(game, player))[0]
  return found === undefined
    ? E.left(
        noAnswer(
          'no player owns a network that is applied both to data and to what another network makes of other draws',
          'Play a discriminator, one network that is applied to the data and to what the generator makes.',
        ),
      )
    : E.right(found)
}

const rolesFor = (game: GameSpec, player: string): readonly Roles[] => {
  const { objective, over } = game.players[player] ?? { objective: { op: 'number', value: 0 }, over: [] }
  const applied = termsDownTo(objective, isMemory).filter((term) => term.op === 'apply')
  return over.flatMap((critic) => {
    const scores = applied.filter(({ network }) => network === critic).map(unexchangedScore)
    return scores.flatMap((realScore) =>
      scores.flatMap((generatedScore) =>
        compared(game, realScore, generatedScore).map((pair) => ({
          player,
          critic,
          ...pair,
          realScore: asked(realScore),
          generatedScore: asked(generatedScore),
          samples: samplesIn(realScore),
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
  return Object.entries(left.inputs).flatMap(([name, input]) => {
    const other = right.inputs[name]
    const [real, generated] = [realIn(game, input), other && generatedIn(other)]
    return real !== undefined && generated !== undefined && other !== undefined && !mentions(other, real)
      ? [{ real, generated }]
      : []
  })
}

/** The score of what is judged where no samples change places. */
const unexchangedScore = (score: Application): Application => {
  const inputs = Object.entries(score.inputs).map(([name, input]) => [name, unexchanged(input, isMade)] as const)
  return { ...score, inputs: Object.fromEntries(inputs) }
}

const isMade = (term: Term): boolean => termsDownTo(term, isMemory).some(({ op }) => op === 'apply')

const isMemory = ({ op }: Term): boolean => op === 'slot'

/** The sample of the data of which a critic sees nothing else, but for numbers that are drawn; the first of a pack. */
const realIn = (game: GameSpec, input: Term): Sample | undefined => {
  const parts = termsDownTo(input, isMemory)
  const [real, ...more] = parts.filter((part) => part.op === 'sample').filter((part) => isData(game, part))
  const alike = more.every(({ source, field }) => source === real?.source && field === real.field)
  return alike && parts.every(({ op }) => op !== 'apply') ? real : undefined
}

/** What a network makes that a critic sees, and nothing else; the first of a pack. */
const generatedIn = (input: Term): Application | undefined => {
  const isLast = (part: Term): boolean => isMemory(part) || part.op === 'apply'
  const [made, ...more] = termsDownTo(input, isLast).filter((part) => part.op === 'apply')
  return more.every(({ network, output }) => network === made?.network && output === made.output) ? made : undefined
}

const asked = (score: Application): Application => {
  const term = withoutMemory(score)
  return term.op === 'apply' ? term : score
}

const isData = ({ sources }: GameSpec, { source }: Sample): boolean => {
  const data = sources[source]
  return data !== undefined && sourceKind.definitionOf(data).role === 'data'
}

const mentions = (term: Term, part: Term): boolean => {
  const identify = identifier()
  return termsDownTo(term, isMemory).some((each) => identify(each) === identify(part))
}
