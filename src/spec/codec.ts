import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as t from '#io-ts'
import { choice } from '../codecs/choice.ts'
import { dictionary, name } from '../codecs/dictionary.ts'
import { isObject } from '../codecs/failures.ts'
import { list } from '../codecs/lists.ts'
import { count, natural } from '../codecs/numbers.ts'
import { oneOf } from '../codecs/oneOf.ts'
import { specErrors } from '../codecs/specErrors.ts'
import { struct } from '../codecs/struct.ts'
import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import { layerKind } from '../dsl/layers/table.ts'
import { checkSource, sourceKind } from '../dsl/sources/table.ts'
import { withOneOfEach } from '../dsl/terms/intern.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'
import { dynamicsKind } from '../dynamics/dynamics.ts'
import { describeValue } from '../errors/describeValue.ts'
import { type InvalidSpec, invalidSpec } from '../errors/invalidSpec.ts'
import { type SpecErrors, specError } from '../errors/specError.ts'
import { optimizerKind } from '../optimizers/optimizer.ts'
import { averageCodec } from './average.ts'
import { checkProvenance } from './checkProvenance.ts'
import { checkDepth } from './depth.ts'
import { specFormat, withoutFormat } from './format.ts'
import { provenanceCodec } from './provenance.ts'
import { type Resolved, withoutTable } from './references.ts'
import { share } from './sharedTerms.ts'
import type { GameSpec } from './spec.ts'

const node = struct({ layer: layerKind.codec, from: list(natural, 'a list of indices of earlier nodes') }, { name })

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
    dynamics: dynamicsKind.codec,
    optimizers: dictionary(optimizerKind.codec, 'an object of optimizers by player'),
    batch: count,
    steps: natural,
    seed: natural,
  },
  {
    averages: dictionary(averageCodec, 'an object of averages by network'),
    samples: termCodec,
    provenance: provenanceCodec,
  },
)

const checkSources = (spec: GameSpec): E.Either<SpecErrors, GameSpec> => {
  const errors = Object.entries(spec.sources).flatMap(([name, source]) => checkSource(['sources', name], source))
  return isNonEmpty(errors) ? E.left(errors) : E.right(spec)
}

const decodeAll = ({ value, errors }: Resolved): E.Either<SpecErrors, GameSpec> => {
  const found = game.decode(value)
  const all = [...errors, ...(E.isLeft(found) ? specErrors(found.left) : [])]
  if (isNonEmpty(all)) return E.left(all)
  return pipe(
    E.mapLeft(specErrors)(found),
    // Terms of the table refer to each other, so the result may be deeper than the JSON.
    E.flatMap(checkDepth),
    E.flatMap(checkSources),
    E.flatMap(checkProvenance),
    E.map(withOneOfEach),
  )
}

/**
 * Decodes a game from a value, such as a TypeScript file's export: it has no format number, and its expressions are in place.
 * Left: all mistakes in its fields.
 */
export const decodeFields = (u: unknown): E.Either<InvalidSpec, GameSpec> =>
  pipe(
    checkDepth(u),
    E.flatMap((value) => decodeAll({ value, errors: [] })),
    E.mapLeft(invalidSpec),
  )

/**
 * Decodes a game from JSON. Left: all mistakes in its fields, including unknown fields, or a format that this version does not read.
 * `compile` then checks whether the parts fit together (names, shapes, ownership).
 *
 * @example
 * const decoded = decode(JSON.parse('{}'))
 * if (decoded._tag === 'Left') for (const { path, hint } of decoded.left.errors) console.error(path, hint)
 */
export const decode = (u: unknown): E.Either<InvalidSpec, GameSpec> =>
  pipe(
    checkDepth(u),
    E.flatMap((value) => (isObject(value) ? withoutFormat(value) : E.left(notAnObject(value)))),
    E.flatMap((value) => decodeAll(withoutTable(value))),
    E.mapLeft(invalidSpec),
  )

const notAnObject = (value: unknown): SpecErrors => [
  specError([], { expected: 'an object', found: describeValue(value), hint: 'Give an object.' }),
]

/** Encodes a game without a format number, with all expressions in place. Equal expressions are one object. */
export const encodeFields = (spec: GameSpec): unknown => game.encode(spec)

/**
 * Encodes a game for JSON: `decode(JSON.parse(JSON.stringify(encode(spec))))` equals `spec`. Larger expressions that occur more than
 * once are written once, in the list `shared`; `{ op: 'shared', index: 3 }` refers to one.
 *
 * @example const json = JSON.stringify(encode(spec))
 */
export const encode = (spec: GameSpec): unknown => {
  const { value, table } = share(game.encode(spec))
  return { format: specFormat, ...Object(value), ...(table.length > 0 && { shared: table }) }
}
