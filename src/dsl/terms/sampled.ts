import { name } from '../../codecs/dictionary.ts'
import type { TermDefinition } from './definition.ts'
import { flag } from './fields.ts'

/** The number of a sample within its batch, from 0. */
export interface IndexTerm {
  readonly op: 'index'
}

/** A field of a sample of a source. Equal names are the same draw; `shared` ones are so in every update of a step. */
export interface SampleTerm {
  readonly op: 'sample'
  readonly source: string
  readonly field: string
  readonly draw?: string
  readonly shared?: true
}

export const indexDefinition: TermDefinition<IndexTerm> = { fields: {} }

export const sampleDefinition: TermDefinition<SampleTerm> = {
  fields: { source: name, field: name, draw: { optional: name }, shared: { optional: flag } },
}
