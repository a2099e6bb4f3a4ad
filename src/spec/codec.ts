import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as t from '#io-ts'
import { choice } from '../codecs/choice.ts'
import { isDeeperThan } from '../codecs/depth.ts'
import { dictionary, name } from '../codecs/dictionary.ts'
import { list } from '../codecs/lists.ts'
import { count, natural } from '../codecs/numbers.ts'
import { oneOf } from '../codecs/oneOf.ts'
import { specErrors } from '../codecs/specErrors.ts'
import { struct } from '../codecs/struct.ts'
import { layerKind } from '../dsl/layers/table.ts'
import type { NetworkGraph } from '../dsl/networks/networkGraph.ts'
import { checkSource, sourceKind } from '../dsl/sources/table.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'
import { dynamicsCodec } from '../dynamics/dynamics.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'
import { optimizerCodec } from '../optimizers/optimizer.ts'
import { averageCodec } from './average.ts'
import type { GameSpec } from './spec.ts'

/** How deep a spec may nest: deeper than any that is written, and shallow enough for every recursion over it. */
export const maxDepth = 1000

const node = struct({ layer: layerKind.codec, from: list(natural, 'a list of indices of earlier nodes') })

const outputs = choice(
  'the index of the output, or indices by name',
  natural,
  dictionary(natural, 'an object of indices by name'),
)

const network: t.Type<NetworkGraph, unknown> = struct({ nodes: list(node, 'a list of nodes'), output: outputs })

const player = struct({
  goal: oneOf('minimise', 'maximise'),
  objective: termCodec,
  over: list(name, 'a list of names of networks'),
})

const game: t.Type<GameSpec, unknown> = struct(
  {
    networks: dictionary(network, 'an object of networks by name'),
    sources: dictionary(sourceKind.codec, 'an object of sources by name'),
    players: dictionary(player, 'an object of players by name'),
    dynamics: dynamicsCodec,
    optimizers: dictionary(optimizerCodec, 'an object of optimizers by player'),
    batch: count,
    steps: natural,
    seed: natural,
  },
  { averages: dictionary(averageCodec, 'an object of averages by network'), samples: termCodec },
)

const checkDepth = (u: unknown): E.Either<SpecErrors, unknown> =>
  isDeeperThan(maxDepth, u)
    ? E.left([
        specError([], {
          expected: `at most ${maxDepth} levels of nesting`,
          found: 'more',
          hint: 'Sum many terms as a tree instead of a chain.',
        }),
      ])
    : E.right(u)

const checkSources = (spec: GameSpec): E.Either<SpecErrors, GameSpec> => {
  const errors = Object.entries(spec.sources).flatMap(([name, source]) => checkSource(['sources', name], source))
  return isNonEmpty(errors) ? E.left(errors) : E.right(spec)
}

/**
 * A game from JSON, or from any value; left is all that is wrong with its fields. Unknown fields are wrong.
 * Whether the parts fit together (names, shapes, ownership) is found out when the game is compiled.
 */
export const decode = (u: unknown): E.Either<SpecErrors, GameSpec> =>
  pipe(
    checkDepth(u),
    E.flatMap((shallow) => pipe(game.decode(shallow), E.mapLeft(specErrors))),
    E.flatMap(checkSources),
  )

/** The game as values that JSON has: `decode(JSON.parse(JSON.stringify(encode(spec))))` equals `spec`. */
export const encode = (spec: GameSpec): unknown => game.encode(spec)
