import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

/** The mean, or the largest, over the innermost of pair and sample, element by element. */
export interface OverBatchTerm {
  readonly op: 'E' | 'largest'
  readonly of: Term
}

export const overBatchDefinition: TermDefinition<OverBatchTerm> = { fields: { of: part } }
