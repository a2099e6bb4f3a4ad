import * as E from '#fp-ts/Either'
import { name } from '../../codecs/dictionary.ts'
import type { NodeId } from '../../ir/program.ts'
import type { Drawn } from '../names/drawName.ts'
import type { TermDefinition, Typed } from './definition.ts'
import { flag } from './fields.ts'
import type { LowerContext } from './lowerContext.ts'
import { atom, type Pen, type Written } from './notation.ts'
import type { TypeContext } from './typeContext.ts'
import { nearby, notInOptimizers, saidElsewhere, wrong } from './typing.ts'
import type { Value } from './value.ts'
import { drawn } from './writing.ts'

/** The index of a sample in its batch, from 0. */
export interface IndexTerm {
  readonly op: 'index'
}

/** A field of a sample. Equal draw names are the same draw; `shared` draws are the same in every update of a step. */
export interface SampleTerm {
  readonly op: 'sample'
  readonly source: string
  readonly field: string
  readonly draw?: string
  readonly shared?: true
}

/** The name of a sample's draw; '' for the unnamed one. */
export const drawOf = ({ draw = '' }: Pick<SampleTerm, 'draw'>): string => draw

const numbered = ({ builder: b, batch }: LowerContext): NodeId =>
  b.constant(
    [batch],
    Array.from({ length: batch }, (_, i) => i),
  )

export const indexDefinition: TermDefinition<IndexTerm> = {
  fields: {},
  type: (_, __, { place }) =>
    place === 'optimizer' ? notInOptimizers('samples') : E.right({ level: 'sample', shape: [] }),
  lower: (_, context) => ({ level: 'sample', shape: [], node: numbered(context) }),
  formula: (_, { notation }) => atom(notation.symbol('i')),
}

const typeOf = ({ source, field }: SampleTerm, { sources }: TypeContext): Typed => {
  if (!Object.hasOwn(sources, source))
    return wrong('a source of this game', `'${source}'`, nearby('sources', Object.keys(sources)))
  const fields = sources[source]
  if (fields === undefined) return saidElsewhere
  const shape = Object.hasOwn(fields, field) ? fields[field] : undefined
  return shape === undefined
    ? wrong(`a field of ${source}`, `'${field}'`, `its fields are ${Object.keys(fields).join(', ')}`)
    : E.right({ level: 'sample', shape })
}

const lower = (term: SampleTerm, { batch, fields, draw }: LowerContext): Value => {
  const { source, field } = term
  const shape = fields(source, field)
  const drawn: Drawn = { type: 'sample', source, draw: term.draw, field }
  const node = draw(drawn, [batch, ...shape], term.shared ?? false, (stream) => ({
    type: 'source',
    source,
    field,
    stream,
  }))
  return { level: 'sample', shape, node }
}

/** The usual letters: x for data, z for a latent, y for the data's label. */
const formula = ({ source, field, draw }: SampleTerm, { notation }: Pen): Written => {
  if (source.length === 1 && field === 'x') return drawn(source, [draw], notation)
  if (source === 'latent' && field === 'x') return drawn('z', [draw], notation)
  const letter = field === 'label' ? 'y' : notation.symbol(field)
  return drawn(letter, [source === 'data' ? undefined : source, draw], notation)
}

export const sampleDefinition: TermDefinition<SampleTerm> = {
  fields: { source: name, field: name, draw: { optional: name }, shared: { optional: flag } },
  names: ({ draw }) => [draw],
  type: (term, _, context) => (context.place === 'optimizer' ? notInOptimizers('samples') : typeOf(term, context)),
  lower,
  formula,
}
