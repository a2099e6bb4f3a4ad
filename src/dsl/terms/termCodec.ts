import * as t from '#io-ts'
import { dictionary } from '../../codecs/dictionary.ts'
import { nonEmptyList } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import { tagged } from '../../codecs/tagged.ts'
import { recordOf } from '../../ir/recordOf.ts'
import type { Field, TermDefinition } from './definition.ts'
import { onceEach, passing } from './onceEach.ts'
import { type Term, termOps, termTable } from './term.ts'

const codecOf = (field: Field, term: t.Type<Term, unknown>): t.Mixed => {
  if (!('contains' in field)) return field
  if (field.contains === 'a term') return term
  return field.contains === 'a list of terms'
    ? nonEmptyList(term, 'a list of expressions, one at least')
    : dictionary(term, 'an object of expressions by input')
}

/** The codec of one kind of term. */
const rowOf = (op: Term['op'], definition: TermDefinition<Term>, term: t.Type<Term, unknown>): t.Mixed => {
  const required: { [field: string]: t.Mixed } = { op: t.literal(op) }
  const optional: { [field: string]: t.Mixed } = {}
  for (const [name, field] of Object.entries(definition.fields))
    if ('optional' in field) optional[name] = codecOf(field.optional, term)
    else required[name] = codecOf(field, term)
  const codec: t.Mixed = struct(required, optional)
  return definition.refine?.(codec) ?? codec
}

const termWithParts: t.Type<Term, unknown> = t.recursion('an expression', (term: t.Type<Term, unknown>) =>
  passing(
    tagged<Term, 'op'>(
      'an expression',
      'op',
      recordOf(termOps, (op) => rowOf(op, termTable[op], term)),
    ),
  ),
)

/** The mathematics as it is stored. What an expression names is looked up where the whole game is known. */
export const termCodec = onceEach(termWithParts)
