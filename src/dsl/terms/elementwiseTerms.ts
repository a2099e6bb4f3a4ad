import type { BinaryOp, UnaryOp } from '../../ir/ops/elementwise.ts'
import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'

export interface UnaryTerm {
  readonly op: UnaryOp | 'square' | 'stopGradient'
  readonly of: Term
}
export interface BinaryTerm {
  readonly op: BinaryOp
  readonly left: Term
  readonly right: Term
}
/** `chosen` where the condition is not 0, else `otherwise`. */
export interface SelectTerm {
  readonly op: 'select'
  readonly condition: Term
  readonly chosen: Term
  readonly otherwise: Term
}

export const unaryDefinition: TermDefinition<UnaryTerm> = { fields: { of: part } }

export const binaryDefinition: TermDefinition<BinaryTerm> = { fields: { left: part, right: part } }

export const selectDefinition: TermDefinition<SelectTerm> = {
  fields: { condition: part, chosen: part, otherwise: part },
}
