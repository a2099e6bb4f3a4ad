import { checkSizes } from '../../codecs/argument.ts'
import { naturals, shape } from '../../codecs/lists.ts'
import type { Shape } from '../../ir/program.ts'
import type { Product } from '../types/arith.ts'
import type { Agree, Mutable, SameRank, Show } from '../types/shape.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type Level, toTerm } from './expression.ts'
import { sizes } from './fields.ts'
import type { Term } from './term.ts'

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

/** The same elements, in row-major order, in another shape. */
export const reshape = <L extends Level, S extends Shape, U extends string, const T extends Shape>(
  of: Reshapes<L, S, U, T>,
  shape: T,
): Expr<L, Mutable<T>, U> => {
  checkSizes('ops.reshape', shape, 'ops.reshape(x, [])')
  return { term: { op: 'reshape', of: toTerm(of, 'ops.reshape'), shape } }
}

/** Repeats along axes of size 1 and new leading axes; shapes are aligned at their last axis. */
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

/** Axis i of the result is axis `permutation[i]` of the operand. */
export const transpose = <L extends Level, S extends Shape, U extends string, const P extends readonly number[]>(
  of: Expr<L, S, U>,
  permutation: P,
): Expr<L, Permuted<S, P>, U> => ({ term: { op: 'transpose', of: toTerm(of, 'ops.transpose'), permutation } })

/** The box of the given sizes that begins at `starts`, one of each per axis. */
export const slice = <L extends Level, U extends string, const T extends Shape>(
  of: Expr<L, Shape, U>,
  starts: readonly number[],
  sizes: T,
): Expr<L, Mutable<T>, U> => ({ term: { op: 'slice', of: toTerm(of, 'ops.slice'), starts, sizes } })

/** Zeros before and after, so many per axis. */
export const pad = <L extends Level, S extends Shape, U extends string>(
  of: Expr<L, S, U>,
  before: readonly number[],
  after: readonly number[],
): Expr<L, SameRank<S>, U> => ({ term: { op: 'pad', of: toTerm(of, 'ops.pad'), before, after } })

export const reshapeDefinition: TermDefinition<ReshapeTerm> = { fields: { of: part, shape } }

export const transposeDefinition: TermDefinition<TransposeTerm> = { fields: { of: part, permutation: naturals } }

export const sliceDefinition: TermDefinition<SliceTerm> = { fields: { of: part, starts: naturals, sizes } }

export const padDefinition: TermDefinition<PadTerm> = { fields: { of: part, before: naturals, after: naturals } }
