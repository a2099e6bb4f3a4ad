import * as E from '#fp-ts/Either'
import { part, type TermDefinition } from './definition.ts'
import type { LowerContext } from './lowerContext.ts'
import { atom, binding } from './notation.ts'
import type { Term } from './term.ts'
import { wrong } from './typing.ts'
import type { Value } from './value.ts'

/** The value at the other sample of each pair. */
export interface PairTerm {
  readonly op: 'pair'
  readonly of: Term
}

const lower = (term: PairTerm, { builder: b, batch, lower }: LowerContext): Value => {
  const of = lower(term.of)
  const front = of.level === 'sample' ? [1, batch] : []
  const node = b.broadcast(b.reshape(of.node, [...front, ...of.shape]), [batch, batch, ...of.shape])
  return { level: 'pair', shape: of.shape, node }
}

export const pairDefinition: TermDefinition<PairTerm> = {
  fields: { of: part },
  type: (_, { of }) =>
    of.level === 'pair'
      ? wrong('a value per sample', 'one per pair', 'pair reads the other sample of a value that varies by sample')
      : E.right({ level: 'pair', shape: of.shape }),
  lower,
  formula: ({ of }, { notation, part }) => atom(notation.prime(part(of, binding.atom))),
  bounds: (_, { of }) => of,
}
