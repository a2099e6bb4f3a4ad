import { checkSizes } from '../../codecs/argument.ts'
import { naturals, shape } from '../../codecs/lists.ts'
import type { Shape } from '../../ir/program.ts'
import type { Product } from '../types/arith.ts'
import { hull } from '../types/bounds.ts'
import type { Agree, Mutable, SameRank, Show } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type Level, toTerm } from './expression.ts'
import { sizes } from './fields.ts'
import type { LowerContext } from './lowerContext.ts'
import { lowerWithin } from './lowerWithin.ts'
import type { Term } from './term.ts'
import { naturalsProblem, perValue, unless } from './typing.ts'
import type { Value } from './value.ts'
import { list, named } from './writing.ts'

export interface ReshapeTerm {
  readonly op: 'reshape' | 'broadcast'
  readonly of: Term
  readonly shape: Shape
}
export interface TransposeTerm {
  readonly op: 'transpose'
  readonly of: Term
  readonly permutation: readonly number[]
}
export interface SliceTerm {
  readonly op: 'slice'
  readonly of: Term
  readonly starts: readonly number[]
  readonly sizes: readonly number[]
}
export interface PadTerm {
  readonly op: 'pad'
  readonly of: Term
  readonly before: readonly number[]
  readonly after: readonly number[]
}

type Reshapes<L extends Level, S extends Shape, U extends string, T extends Shape> =
  Agree<[Product<S>], [Product<T>]> extends true
    ? Expr<L, S, U>
    : `reshape to ${Show<T>} needs ${Product<T>} numbers, but this is ${Show<S>}, which is ${Product<S>}`

/**
 * Reshapes a value, in row-major order.
 *
 * @example ops.reshape(image, [784])
 */
export const reshape = <L extends Level, S extends Shape, U extends string, const T extends Shape>(
  of: Reshapes<L, S, U, T>,
  shape: T,
): Expr<L, Mutable<T>, U> => {
  checkSizes('ops.reshape', shape, 'ops.reshape(x, [])')
  return { term: { op: 'reshape', of: toTerm(of, 'ops.reshape'), shape } }
}

/**
 * Broadcasts to a shape: repeats along axes of size 1 and new leading axes. Shapes are aligned at their last axis.
 *
 * @example ops.broadcast(mean(x), [2])
 */
export const broadcast = <L extends Level, U extends string, const T extends Shape>(
  of: Expr<L, Shape, U>,
  shape: T,
): Expr<L, Mutable<T>, U> => {
  checkSizes('ops.broadcast', shape, 'ops.broadcast(x, [])')
  return { term: { op: 'broadcast', of: toTerm(of, 'ops.broadcast'), shape } }
}

type Permuted<S extends Shape, P extends readonly number[]> = {
  -readonly [i in keyof P]: P[i] extends keyof S ? Extract<S[P[i]], number> : number
}

/**
 * Axis i of the result is axis `permutation[i]` of the operand.
 *
 * @example ops.transpose(image, [2, 0, 1])
 */
export const transpose = <L extends Level, S extends Shape, U extends string, const P extends readonly number[]>(
  of: Expr<L, S, U>,
  permutation: P,
): Expr<L, Permuted<S, P>, U> => ({ term: { op: 'transpose', of: toTerm(of, 'ops.transpose'), permutation } })

/**
 * Takes a box of the given sizes, starting at `starts`. Both have one number per axis.
 *
 * @example ops.slice(x, [0], [1])
 */
export const slice = <L extends Level, U extends string, const T extends Shape>(
  of: Expr<L, Shape, U>,
  starts: readonly number[],
  sizes: T,
): Expr<L, Mutable<T>, U> => ({ term: { op: 'slice', of: toTerm(of, 'ops.slice'), starts, sizes } })

/**
 * Pads with zeros: the numbers of zeros before and after, per axis.
 *
 * @example ops.pad(x, [1], [0])
 */
export const pad = <L extends Level, S extends Shape, U extends string>(
  of: Expr<L, S, U>,
  before: readonly number[],
  after: readonly number[],
): Expr<L, SameRank<S>, U> => ({ term: { op: 'pad', of: toTerm(of, 'ops.pad'), before, after } })

const lowerReshape = (term: ReshapeTerm, context: LowerContext): Value =>
  lowerWithin(term.of, context, (b, of, front) => {
    const shape = [...front, ...term.shape]
    if (term.op === 'reshape') return b.reshape(of.node, shape)
    const axes = term.shape.slice(of.shape.length).map(() => 1)
    return b.broadcast(b.reshape(of.node, [...front, ...axes, ...of.shape]), shape)
  })

export const reshapeDefinition: TermDefinition<ReshapeTerm> = {
  fields: { of: part, shape },
  type: ({ op, shape }, { of }, { opShape }) => perValue([of], opShape(op, { shape }, [of.shape])),
  lower: lowerReshape,
  formula: ({ op, of, shape }, pen) => named(op, [of], pen, list(shape)),
  bounds: (_, { of }) => of,
}

export const transposeDefinition: TermDefinition<TransposeTerm> = {
  fields: { of: part, permutation: naturals },
  type: ({ permutation }, { of }, { opShape }) => perValue([of], opShape('transpose', { permutation }, [of.shape])),
  lower: ({ of, permutation }, context) =>
    lowerWithin(of, context, (b, { node }, front) =>
      b.transpose(node, [...front.map((_, i) => i), ...permutation.map((axis) => axis + front.length)]),
    ),
  formula: ({ of, permutation }, pen) => named('transpose', [of], pen, list(permutation)),
  bounds: (_, { of }) => of,
}

export const sliceDefinition: TermDefinition<SliceTerm> = {
  fields: { of: part, starts: naturals, sizes },
  type: ({ starts, sizes }, { of }, { opShape }) =>
    unless(naturalsProblem('starts', starts), () => perValue([of], opShape('slice', { starts, sizes }, [of.shape]))),
  lower: ({ of, starts, sizes }, context) =>
    lowerWithin(of, context, (b, { node }, front) =>
      b.slice(node, [...front.map(() => 0), ...starts], [...front, ...sizes]),
    ),
  formula: ({ of, starts, sizes }, pen) => named('slice', [of], pen, list(starts), list(sizes)),
  bounds: (_, { of }) => of,
}

export const padDefinition: TermDefinition<PadTerm> = {
  fields: { of: part, before: naturals, after: naturals },
  type: ({ before, after }, { of }, { opShape }) =>
    unless(naturalsProblem('zeros before and after', [...before, ...after]), () =>
      perValue([of], opShape('pad', { before, after }, [of.shape])),
    ),
  lower: (term, context) =>
    lowerWithin(term.of, context, (b, { node }, front) => {
      const zeros = front.map(() => 0)
      return b.pad(node, [...zeros, ...term.before], [...zeros, ...term.after])
    }),
  formula: ({ of, before, after }, pen) => named('pad', [of], pen, list(before), list(after)),
  bounds: (_, { of }) => hull([of, [0, 0]]),
}
