import * as E from '#fp-ts/Either'
import { termBounds } from '../compile/bounds.ts'
import { checkNetwork } from '../compile/network.ts'
import { rolesOf } from '../compile/roles.ts'
import { innermost } from '../compile/scoring.ts'
import { type SourceData, sourceKind } from '../dsl/sources/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import { around, type Bounds, isBounded, unbounded } from '../dsl/types/bounds.ts'
import type { GameSpec } from '../spec/spec.ts'

/** The values of black and white in a source's images: those the source states, else those of its kind. */
const ofSource = (source: SourceData | undefined): Bounds | undefined => {
  if (source === undefined) return undefined
  const { supply, bounds, imageBounds } = sourceKind.definitionOf(source)
  return supply.type === 'generate' ? undefined : (bounds?.(source) ?? imageBounds)
}

const bounded = (bounds: Bounds | undefined): Bounds | undefined =>
  bounds !== undefined && isBounded(bounds) ? bounds : undefined

/** The bounds of a term of the game; `undefined` if nothing bounds it. */
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

/** Black and white according to the spec: by the data as the critic sees them, else by the data, else by the range of the samples. */
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
 * The values of black and white for pictures of a game's images. Takes the first that is known: the bounds of the data as the critic
 * sees them; the bounds of the data; the generator's range, such as -1 to 1 for tanh; the range of the images themselves.
 */
export const imageRange = (game: GameSpec, images: Float32Array): Bounds => {
  const said = saidRange(game)
  if (said !== undefined && said[0] < said[1]) return said
  const [low, high] = around(images)
  if (low >= 0 && high <= 1) return [0, 1]
  return low >= -1 && high <= 1 ? [-1, 1] : [low, high > low ? high : low + 1]
}
