import { count } from '../../codecs/numbers.ts'
import type { Typed } from './definition.ts'
import { part, type TermDefinition } from './definition.ts'
import type { Term } from './term.ts'
import { isOneNumber, notInOptimizers, oneNumber, wrong } from './typing.ts'
import { describe, type ValueType } from './valueType.ts'
import { namedBelow } from './writing.ts'

/** `period` times a number at every `period`th step, from step 0 on. 0 at other steps, where it is not computed. */
export interface EveryTerm {
  readonly op: 'every'
  readonly period: number
  readonly of: Term
}

const typeOf = ({ period }: EveryTerm, of: ValueType): Typed => {
  if (!Number.isSafeInteger(period) || period < 1)
    return wrong('a whole number of steps, 1 or more', `${period}`, 'every(16, ...) is done at each 16th step')
  return isOneNumber(of)
    ? oneNumber
    : wrong('one number for the batch', describe(of), 'average it over the batch with E(...)')
}

export const everyDefinition: TermDefinition<EveryTerm> = {
  fields: { period: count, of: part },
  type: (term, { of }, { place }) =>
    place === 'optimizer' ? notInOptimizers('what is done at some steps alone') : typeOf(term, of),
  lower: ({ period, of }, { builder: b, due, lower }) => ({
    level: 'batch',
    shape: [],
    node: due(period) ? b.mul(b.reshape(lower(of).node, []), b.number(period)) : b.number(0),
  }),
  formula: ({ period, of }, pen) => namedBelow('every', String(period), [of], pen),
}
