import { naturals } from '../../codecs/lists.ts'
import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

/** Over the given axes of one value, all where absent; those axes vanish. */
export interface ReductionTerm {
  readonly op: 'sum' | 'mean' | 'max'
  readonly of: Term
  readonly axes?: readonly number[]
}

export const reductionDefinition: TermDefinition<ReductionTerm> = {
  fields: { of: part, axes: { optional: naturals } },
}
