import { natural } from '../../codecs/numbers.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Shape } from '../../ir/program.ts'
import type { Add } from '../types/arith.ts'
import { hull } from '../types/bounds.ts'
import type { Agree, SameRank, Show } from '../types/shape.ts'
import { partList, type TermDefinition } from './definition.ts'
import type { Expr, LevelOf, ShapeOf, UsesOf, Widest } from './expression.ts'
import type { LowerContext } from './lowerContext.ts'
import type { Term } from './term.ts'
import { termsOf } from './termsOf.ts'
import { perValue, unless } from './typing.ts'
import { lead, spread, type Value } from './value.ts'
import { widest } from './valueType.ts'
import { namedBelow } from './writing.ts'

export interface ConcatTerm {
  readonly op: 'concat'
  readonly parts: readonly Term[]
  readonly axis: number
}

type SizesAt<P, X, Sum extends number = 0> = P extends readonly [infer A, ...infer rest]
  ? SizesAt<rest, X, Add<Sum, Extract<ShapeOf<A>[X & keyof ShapeOf<A>], number>>>
  : Sum
/** The shape S of the first part, with all sizes along axis X added where the parts are a tuple and the axis is literal. */
type JoinedAt<S extends Shape, P extends readonly Expr[], X extends number> = number extends X | P['length']
  ? SameRank<S>
  : { -readonly [i in keyof S]: i extends `${X}` ? SizesAt<P, i> : S[i] }
type OpenAt<S extends Shape, X extends number> = { -readonly [i in keyof S]: i extends `${X}` ? number : S[i] }
type JoinsWith<A extends Shape, B extends Shape, X extends number, Then> = [B] extends [A]
  ? Then
  : Agree<OpenAt<A, X>, OpenAt<B, X>> extends true
    ? Then
    : `concat joins shapes that are equal but for one axis, not ${Show<A>} and ${Show<B>}`
/** The parts, each of the first one's shape S but for the size along axis X, else the message. */
type JoinAt<S extends Shape, P extends readonly Expr[], X extends number> = {
  readonly [k in keyof P]: JoinsWith<S, ShapeOf<P[k]>, X, P[k]>
}

/**
 * Concatenates values along one axis. All other sizes must be equal: `ops.concat([x, y], 0)` of [2] and [3] is [5].
 *
 * @example ops.concat([x, fake], 0)
 */
export const concat = <const P extends readonly Expr[], X extends number>(
  parts: P & JoinAt<ShapeOf<P[0]>, P, X>,
  axis: X,
): Expr<Widest<LevelOf<P[number]>>, JoinedAt<ShapeOf<P[0]>, P, X>, UsesOf<P[number]>> => ({
  term: { op: 'concat', parts: termsOf('ops.concat', parts, 'Write ops.concat([x, G(z)], 0).'), axis },
})

const nothingJoined: Problem = {
  expected: 'values to join',
  found: 'none',
  hint: 'join at least one; if this comes from packing, pack a whole number of samples, 1 or more',
}

const lower = ({ parts, axis }: ConcatTerm, { builder: b, batch, lower }: LowerContext): Value => {
  const values = parts.map(lower)
  const level = widest(values.map((value) => value.level))
  const front = lead(level, batch)
  const nodes = values.map((value) => spread(b, value, level, value.shape, batch))
  const node = b.concat(nodes, axis + front.length)
  return { level, shape: b.shape(node).slice(front.length), node }
}

export const concatDefinition: TermDefinition<ConcatTerm> = {
  fields: { parts: partList, axis: natural },
  type: ({ axis }, { parts }, { opShape }) =>
    unless(parts.length === 0 ? nothingJoined : undefined, () =>
      perValue(
        parts,
        opShape(
          'concat',
          { axis },
          parts.map(({ shape }) => shape),
        ),
      ),
    ),
  lower,
  formula: ({ parts, axis }, pen) => namedBelow('concat', String(axis), parts, pen),
  bounds: (_, { parts }) => hull(parts),
}
