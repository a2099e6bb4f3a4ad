import * as E from '#fp-ts/Either'
import { termBounds } from '../compile/bounds.ts'
import { checkNetwork } from '../compile/network.ts'
import { rolesOf } from '../compile/roles.ts'
import { innermost } from '../compile/scoring.ts'
import { type SourceData, sourceKind } from '../dsl/sources/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import { around, type Bounds, isBounded, unbounded } from '../dsl/types/bounds.ts'
import type { GameSpec } from '../spec/spec.ts'

/** Black and white in the images of a source: what it says itself, else what its kind says. */
const ofSource = (source: SourceData | undefined): Bounds | undefined => {
  if (source === undefined) return undefined
  const { supply, bounds, imageBounds } = sourceKind.definitionOf(source)
  return supply.type === 'generate' ? undefined : (bounds?.(source) ?? imageBounds)
}

const bounded = (bounds: Bounds | undefined): Bounds | undefined =>
  bounds !== undefined && isBounded(bounds) ? bounds : undefined

/** Between which numbers a term of the game lies; unknown where nothing bounds it. */
const ofTerm = ({ networks, sources }: GameSpec, term: Term): Bounds | undefined => {
  const checked = Object.entries(networks).flatMap(([name, graph]) => {
    const network = checkNetwork(name, graph, [])
    return E.isRight(network) ? [[name, network.right] as const] : []
  })
  return bounded(
    termBounds(term, Object.fromEntries(checked), ({ source, field }) =>
      field === 'x' ? (ofSource(sources[source]) ?? unbounded) : unbounded,
    ),
  )
}

const first = (found: readonly (Bounds | undefined)[]): Bounds | undefined => found.find((each) => each !== undefined)

/** What the spec says of black and white: the data as the critic sees them, else as they are, else what the samples can be. */
const saidRange = (game: GameSpec): Bounds | undefined => {
  const roles = rolesOf({ game })
  if (E.isLeft(roles))
    return (
      first(Object.values(game.sources).map(ofSource)) ??
      (game.samples === undefined ? undefined : ofTerm(game, game.samples))
    )
  const { real, realScore, generated } = roles.right
  const { inputs } = innermost(realScore, roles.right)
  return (
    first(Object.values(inputs).map((input) => ofTerm(game, input))) ??
    ofSource(game.sources[real.source]) ??
    ofTerm(game, game.samples ?? generated)
  )
}

/**
 * The values of black and white in images that a game makes, for every picture of them: those between which its critic sees the
 * data; where noise hides that, those of the data; where no source says them, those that its generator can make, as -1 and 1 of a
 * tanh; else those that the images reach.
 */
export const imageRange = (game: GameSpec, images: Float32Array): Bounds => {
  const said = saidRange(game)
  if (said !== undefined && said[0] < said[1]) return said
  const [low, high] = around(images)
  if (low >= 0 && high <= 1) return [0, 1]
  return low >= -1 && high <= 1 ? [-1, 1] : [low, high > low ? high : low + 1]
}
