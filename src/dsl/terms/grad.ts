import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

/** The gradient of the batch's sum of `of` (one number per sample) with respect to each sample of `by`. */
export interface GradTerm {
  readonly op: 'grad'
  readonly of: Term
  readonly by: Term
}

export const gradDefinition: TermDefinition<GradTerm> = { fields: { of: part, by: part } }
