import type { Parameter, Piece } from '../../dsl/objectives/piece.ts'
import { latex } from '../../dsl/printing/latex.ts'
import { text } from '../../dsl/printing/text.ts'
import type { Expr } from '../../dsl/terms/expression.ts'
import type { Provenance } from '../../spec/provenance.ts'
import type { Formula } from '../../theory/describe.ts'

type Notation = keyof Formula

/** The arguments of `gan`: names and parameters of the loss, penalties and views, and the roles. */
export const provenanceRows = (
  { loss, penalties, views, roles }: Provenance,
  notation: Notation,
): readonly (readonly string[])[] => {
  const show = (piece: Piece | 'own'): string => (piece === 'own' ? 'your own formula' : showPiece(piece, notation))
  const { discriminator, generator, data, latent, packing } = roles
  const list = (title: string, pieces: readonly (Piece | 'own')[]) =>
    pieces.map((piece, i) => [i === 0 ? title : '', show(piece)])
  return [
    ['loss', show(loss.loss)],
    ...list('changed by', loss.changes),
    ...list("D's penalties", penalties.discriminator),
    ...list("G's penalties", penalties.generator),
    ...list('views', views),
    ['D', `network ${discriminator.network} of player ${discriminator.player}`],
    ['G', `network ${generator.network} of player ${generator.player}`],
    ['real samples', `${data.source}.${data.field}`],
    ['latent', `${latent.source}.${latent.field}`],
    ...(packing === 1 ? [] : [['packing', `D scores ${packing} samples at once`]]),
  ]
}

/** `gradientPenalty, weight 10, target 1` */
const showPiece = ({ name, parameters }: Piece, notation: Notation): string =>
  [name, ...Object.entries(parameters).map(([key, value]) => `${key} ${showParameter(value, notation)}`)].join(', ')

const showParameter = (value: Parameter, notation: Notation): string => {
  if (typeof value !== 'object') return `${value}`
  if (isList(value)) return value.map((piece) => `(${showPiece(piece, notation)})`).join(' ')
  if (isExpression(value)) return notation === 'text' ? text(value.term) : latex(value.term)
  return `(${showPiece(value, notation)})`
}

const isList = (value: Expr | Piece | readonly Piece[]): value is readonly Piece[] => Array.isArray(value)
const isExpression = (value: Expr | Piece): value is Expr => 'term' in value
