import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import type { Agree, Show } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type LevelOf, type ShapeOf, toTerm, type UsesOf, type Widest } from './expression.ts'
import type { LowerContext } from './lowerContext.ts'
import { binding, type Pen, type Written } from './notation.ts'
import type { Term } from './term.ts'
import { perValue } from './typing.ts'
import { lead, spread, type Value } from './value.ts'
import { widest } from './valueType.ts'

export interface MatmulTerm {
  readonly op: 'matmul'
  readonly left: Term
  readonly right: Term
  readonly transposeLeft: boolean
  readonly transposeRight: boolean
}

type Swapped<S, Swap> = Swap extends true
  ? S extends readonly [...infer H extends Shape, infer m extends number, infer n extends number]
    ? [...H, n, m]
    : S
  : S
type MatrixProduct<A, B> = A extends readonly [...infer H extends Shape, infer m extends number, infer k extends number]
  ? B extends readonly [...Shape, infer l extends number, infer n extends number]
    ? Agree<[k], [l]> extends true
      ? [...H, m, n]
      : `matmul needs the last size of the left and the last but one of the right to be equal: ${Show<A>} and ${Show<B>}`
    : number[]
  : number[]
type Multiplies<A, B extends Expr, TA, TB> =
  MatrixProduct<Swapped<ShapeOf<A>, TA>, Swapped<ShapeOf<B>, TB>> extends infer R ? (R extends string ? R : B) : never
type Multiplied<A extends Expr, B extends Expr, TA, TB> = Extract<
  MatrixProduct<Swapped<ShapeOf<A>, TA>, Swapped<ShapeOf<B>, TB>>,
  Shape
>

/**
 * `[..., m, k] x [..., k, n] -> [..., m, n]`; a transpose flag swaps the last two axes of that operand first.
 *
 * @example ops.matmul(x, ops.constant([2, 2], [[0, -1], [1, 0]]))
 */
export const matmul = <A extends Expr, B extends Expr, TA extends boolean = false, TB extends boolean = false>(
  left: A,
  right: Multiplies<A, B, TA, TB>,
  options: { readonly transposeLeft?: TA; readonly transposeRight?: TB } = {},
): Expr<Widest<LevelOf<A> | LevelOf<B>>, Multiplied<A, B, TA, TB>, UsesOf<A> | UsesOf<B>> => {
  const fields = { transposeLeft: 'optional', transposeRight: 'optional' } as const
  checkOptions<Partial<typeof fields>>('ops.matmul', options, fields, 'ops.matmul(a, b, {})')
  const { transposeLeft = false, transposeRight = false } = options
  const [l, r] = [toTerm(left, 'ops.matmul', 'left'), toTerm(right, 'ops.matmul', 'right')]
  return { term: { op: 'matmul', left: l, right: r, transposeLeft, transposeRight } }
}

const lower = (term: MatmulTerm, { builder: b, batch, lower }: LowerContext): Value => {
  const [left, right] = [lower(term.left), lower(term.right)]
  const level = widest([left.level, right.level])
  const [x, y] = [spread(b, left, level, left.shape, batch), spread(b, right, level, right.shape, batch)]
  const node = b.matmul(x, y, { transposeA: term.transposeLeft, transposeB: term.transposeRight })
  return { level, shape: b.shape(node).slice(lead(level, batch).length), node }
}

const formula = ({ left, right, transposeLeft, transposeRight }: MatmulTerm, { notation, part }: Pen): Written => {
  const factor = (term: Term, transposed: boolean) =>
    transposed ? notation.transposed(part(term, binding.atom)) : part(term, binding.power)
  return { text: `${factor(left, transposeLeft)} ${factor(right, transposeRight)}`, binds: binding.product }
}

export const matmulDefinition: TermDefinition<MatmulTerm> = {
  fields: { left: part, right: part, transposeLeft: t.boolean, transposeRight: t.boolean },
  type: ({ transposeLeft, transposeRight }, { left, right }, { opShape }) => {
    const params = { transposeA: transposeLeft, transposeB: transposeRight }
    return perValue([left, right], opShape('matmul', params, [left.shape, right.shape]))
  },
  lower,
  formula,
}
