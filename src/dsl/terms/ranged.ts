import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { failureAt } from '../../codecs/failures.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { rangeKind } from './fields.ts'
import type { LowerContext } from './lowerContext.ts'
import { type RangeKind, rangeProblem, ranges } from './ranges.ts'
import type { Term } from './term.ts'
import { unless } from './typing.ts'
import type { Value } from './value.ts'

/** A number that must stay in the range of its kind at every step. Its value is that of `of`. */
export interface RangedTerm {
  readonly op: 'ranged'
  readonly kind: RangeKind
  readonly of: Term
}

/** Refuses a constant outside its range. */
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

/** 1 if a value is in the range, else 0. */
const withinRange = (b: Builder, x: NodeId, kind: RangeKind): NodeId => {
  const { least, most, open } = ranges[kind]
  const shape = b.shape(x)
  const full = (value: number): NodeId => b.broadcast(b.number(value), shape)
  const not = (condition: NodeId): NodeId => b.sub(full(1), condition)
  const aboveLeast = open === 'least' ? b.greater(x, full(least)) : not(b.greater(full(least), x))
  if (most === Number.POSITIVE_INFINITY) return aboveLeast
  const belowMost = open === 'most' ? b.greater(full(most), x) : not(b.greater(x, full(most)))
  return b.mul(aboveLeast, belowMost)
}

/**
 * The number itself. If it depends only on the step, it was checked before the first step. Anything else is divided by 1 while it is in
 * its range and by 0 outside of it, so that the run ends there and names it.
 */
const lower = ({ kind, of }: RangedTerm, { builder: b, lower, dependsOnStepAlone }: LowerContext): Value => {
  const value = lower(of)
  return dependsOnStepAlone(of) ? value : { ...value, node: b.div(value.node, withinRange(b, value.node, kind)) }
}

export const rangedDefinition: TermDefinition<RangedTerm> = {
  fields: { kind: rangeKind, of: part },
  refine,
  type: ({ kind, of }, parts) => unless(rangeProblem(kind, of), () => E.right(parts.of)),
  lower,
  formula: ({ of }, { write }) => write(of),
}
