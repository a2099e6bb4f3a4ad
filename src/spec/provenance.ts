import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { choice } from '../codecs/choice.ts'
import { dictionary, name } from '../codecs/dictionary.ts'
import { list } from '../codecs/lists.ts'
import { finite } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Parameter, Piece, Written } from '../dsl/objectives/piece.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'

/** The roles in a game that `gan` declared. */
export interface GanRoles {
  readonly discriminator: { readonly player: string; readonly network: string }
  readonly generator: { readonly player: string; readonly network: string }
  readonly data: { readonly source: string; readonly field: string }
  readonly latent: { readonly source: string; readonly field: string }
  /** How many samples the discriminator scores at once. */
  readonly packing: number
}

/** The names and parameters that `gan` was called with. A part that the user wrote as a formula is `own`. */
export interface Provenance {
  readonly loss: Written
  readonly penalties: {
    readonly discriminator: readonly (Piece | 'own')[]
    readonly generator: readonly (Piece | 'own')[]
  }
  readonly views: readonly (Piece | 'own')[]
  readonly roles: GanRoles
}

const own: t.Type<'own', unknown> = t.literal('own')

const expression: t.Type<Expr, unknown> = struct({ term: termCodec })

const piece: t.Type<Piece, unknown> = new t.Type(
  'a name and its parameters',
  (u): u is Piece => E.isRight(pieceFields().decode(u)),
  (u, context) => pieceFields().validate(u, context),
  (a) => pieceFields().encode(a),
)
/** A function, because parameters may contain pieces. */
const pieceFields = (): t.Type<Piece, unknown> =>
  struct({ name, parameters: dictionary(parameter, 'an object of parameters by name') })

const parameter: t.Type<Parameter, unknown> = choice(
  'a parameter: a number, a text, an expression, or views',
  choice('a number or a text', finite, t.string),
  choice(
    'an expression or views',
    expression,
    choice<Piece, readonly Piece[]>('a view or a list of views', piece, list(piece, 'a list of views')),
  ),
)

const pieceOrOwn = choice<Piece, 'own'>("a name and its parameters, or 'own'", piece, own)
const pieces = list(pieceOrOwn, 'a list of names with parameters')

const player = struct({ player: name, network: name })
const field = struct({ source: name, field: name })

export const provenanceCodec: t.Type<Provenance, unknown> = struct({
  loss: struct({ loss: pieceOrOwn, changes: list(piece, 'a list of names with parameters') }),
  penalties: struct({ discriminator: pieces, generator: pieces }),
  views: pieces,
  roles: struct({ discriminator: player, generator: player, data: field, latent: field, packing: finite }),
})
