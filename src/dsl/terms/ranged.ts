import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { failureAt } from '../../codecs/failures.ts'
import { part, type TermDefinition } from './definition.ts'
import { rangeKind } from './fields.ts'
import { type RangeKind, rangeProblem } from './ranges.ts'
import type { Term } from './term.ts'

/** A number that has to stay in the range of its kind at every step; its value is that of `of`. */
export interface RangedTerm {
  readonly op: 'ranged'
  readonly kind: RangeKind
  readonly of: Term
}

/** A constant out of its range is refused. */
const refine = (codec: t.Mixed): t.Mixed => {
  const validate = (u: unknown, context: t.Context): t.Validation<RangedTerm> => {
    const result = codec.validate(u, context)
    if (E.isLeft(result)) return result
    const { kind, of }: RangedTerm = result.right
    const wrong = rangeProblem(kind, of)
    return wrong === undefined || of.op !== 'number'
      ? result
      : failureAt(of.value, context, 'of', wrong.expected, wrong.hint)
  }
  return new t.Type(codec.name, codec.is, validate, codec.encode)
}

export const rangedDefinition: TermDefinition<RangedTerm> = { fields: { kind: rangeKind, of: part }, refine }
