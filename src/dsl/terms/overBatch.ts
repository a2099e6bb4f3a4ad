import * as E from '#fp-ts/Either'
import { part, type TermDefinition } from './definition.ts'
import type { LowerContext } from './lowerContext.ts'
import { atom, binding } from './notation.ts'
import type { Term } from './term.ts'
import { wrong } from './typing.ts'
import { lead, type Value } from './value.ts'
import { describe, isScalar } from './valueType.ts'

/** The mean or the maximum over the pair, or else over the batch, elementwise. */
export interface OverBatchTerm {
  readonly op: 'E' | 'maxOverBatch'
  readonly of: Term
}

const lower = ({ op, of: term }: OverBatchTerm, { builder: b, batch, lower }: LowerContext): Value => {
  const of = lower(term)
  const shape = isScalar(of.shape) ? [] : of.shape
  const values = b.reshape(of.node, [...lead(of.level, batch), ...shape])
  const reduce = op === 'E' ? b.mean : b.max
  return of.level === 'pair'
    ? { level: 'sample', shape, node: reduce(values, [1]) }
    : { level: 'batch', shape, node: reduce(values, [0]) }
}

export const overBatchDefinition: TermDefinition<OverBatchTerm> = {
  fields: { of: part },
  type: ({ op }, { of }) =>
    of.level === 'batch'
      ? wrong(
          'a value that varies within the batch',
          describe(of),
          `is ${op} applied twice? nothing here depends on a sample`,
        )
      : E.right({ level: of.level === 'pair' ? 'sample' : 'batch', shape: isScalar(of.shape) ? [] : of.shape }),
  lower,
  formula: ({ op, of }, { notation, part }) =>
    atom((op === 'E' ? notation.expectation : notation.operator('max')) + notation.brackets(part(of, binding.minus))),
  bounds: (_, { of }) => of,
}
