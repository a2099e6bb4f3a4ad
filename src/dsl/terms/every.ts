import { count } from '../../codecs/numbers.ts'
import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

/** `period` times a number at every `period`th step, from step 0 on; 0 at the others, where it is not computed. */
export interface EveryTerm {
  readonly op: 'every'
  readonly period: number
  readonly of: Term
}

export const everyDefinition: TermDefinition<EveryTerm> = { fields: { period: count, of: part } }
