import * as E from '#fp-ts/Either'
import { sourceKind } from '../dsl/sources/table.ts'
import { unexchanged } from '../dsl/terms/exchange.ts'
import { samplesIn } from '../dsl/terms/seen.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { withoutMemory } from '../dsl/terms/withoutMemory.ts'
import { type NoAnswer, noAnswer } from '../errors/noAnswer.ts'
import { shapesOf, viewsOf } from '../spec/checkProvenance.ts'
import { seenByD } from '../spec/ganPlayers.ts'
import type { Provenance } from '../spec/provenance.ts'
import type { GameSpec } from '../spec/spec.ts'

export type Application = Extract<Term, { readonly op: 'apply' }>
type Sample = Extract<Term, { readonly op: 'sample' }>

/** Who is who in a game, read off its objectives. */
export interface Roles {
  /** The player that owns the critic. */
  readonly player: string
  /** The network whose output is the score. */
  readonly critic: string
  /**
   * Networks between the sample and the critic, from the critic inwards: `['T']` of D(T(x)). They are a part of the critic if its
   * player owns them, else a trunk that it shares.
   */
  readonly trunk: readonly string[]
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
export const rolesOf = ({ game }: { readonly game: GameSpec }): E.Either<NoAnswer, Roles> =>
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
    trunk: [],
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
 * Finds a network that a player owns and that scores both a sample of the data and a sample that another network generates.
 * It may do so directly, or through further networks, the same for both: D(T(x)) and D(T(G(z))). A sample that is generated
 * from that very real sample, as an autoencoder's, does not count: the two are not independent. The critic may see either
 * through a view, packed with more of its kind, or with flipped labels. Left: why a game has no such roles, as the Dirac-GAN.
 */
const inferred = (game: GameSpec): E.Either<NoAnswer, Roles> => {
  const found = Object.keys(game.players).flatMap((player) => rolesFor(game, player))
  const direct = found.find(({ trunk }) => trunk.length === 0) ?? found[0]
  return direct === undefined
    ? E.left(
        noAnswer(
          'no discriminator found: no trained network is applied to both data and generated samples',
          'Apply one network to both in the objective of the player that owns it: D(x) and D(G(z)).',
        ),
      )
    : E.right(direct)
}

const rolesFor = (game: GameSpec, player: string): readonly Roles[] => {
  const owner = game.players[player]
  if (owner === undefined) return []
  const { objective, over } = owner
  const all = termsDownTo(objective, isMemory).filter((term) => term.op === 'apply')
  // Features that another network of the player reads are no score: the network that reads them gives it.
  const features = new Set<Term>(
    all
      .filter(({ network }) => over.includes(network))
      .flatMap(({ inputs }) => Object.values(inputs).flatMap(subterms)),
  )
  const applied = all.filter((term) => !features.has(term))
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

/** The inputs in which one application reads data and the other a generated sample, here or further in. */
const compared = (
  game: GameSpec,
  left: Application,
  right: Application,
): readonly Pick<Roles, 'real' | 'generated' | 'trunk'>[] => {
  if (left.output !== right.output) return []
  return Object.entries(left.inputs).flatMap(([name, input]) => {
    const other = right.inputs[name]
    if (other === undefined) return []
    const [real, generated] = [realIn(game, input), generatedIn(other)]
    if (real !== undefined && generated !== undefined && !mentions(other, real)) return [{ real, generated, trunk: [] }]
    if (input.op !== 'apply' || other.op !== 'apply' || input.network !== other.network) return []
    return compared(game, input, other).map((pair) => ({ ...pair, trunk: [input.network, ...pair.trunk] }))
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
  const areOfOneField = more.every(({ source, field }) => source === real?.source && field === real.field)
  return areOfOneField && parts.every(({ op }) => op !== 'apply') ? real : undefined
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
