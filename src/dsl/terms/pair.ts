import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

/** A value per sample, read at the other sample of each pair. */
export interface PairTerm {
  readonly op: 'pair'
  readonly of: Term
}

export const pairDefinition: TermDefinition<PairTerm> = { fields: { of: part } }
