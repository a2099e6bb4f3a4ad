import { checkList, checkOptions, checkSizes, type OptionFields } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import type { Add, Product } from '../types/arith.ts'
import type { IsUnion } from '../types/isUnion.ts'
import type { Agree, Mutable, Show } from '../types/shape.ts'
import { type Expr, type Level, type LevelOf, type ShapeOf, toTerm, type UsesOf, type Widest } from './expression.ts'
import type { Term } from './term.ts'
import { flatValues, type Values } from './values.ts'

/**
 * Expressions that build, multiply and rearrange tensors, used as the namespace `ops` (`ops.reshape(x, [4])`) because layers
 * have some of the same names. Shapes and axes are those of one value, without the batch.
 */

/**
 * A literal tensor of a shape, its values in row-major order: a list, lists within lists, or a typed array.
 *
 * @example ops.constant([2, 2], [[1, 0], [0, 1]])
 */
export const constant = <const S extends Shape>(shape: S, values: Values): Expr<'batch', Mutable<S>, never> => {
  checkSizes('ops.constant', shape, 'ops.constant([], values)')
  return { term: { op: 'tensor', shape, values: flatValues(values) } }
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

/** `[..., m, k] x [..., k, n] -> [..., m, n]`; a transpose flag swaps the last two axes of that operand first. */
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

/** Strides and zero padding over height and width: `padding` is `[[top, bottom], [left, right]]`, none where absent. */
export interface Window {
  readonly strides?: readonly [number, number]
  readonly padding?: readonly [readonly [number, number], readonly [number, number]]
}
type Sizes = readonly [number, number]
type SizedWindow = Window & { readonly size: Sizes }
const windowFields: OptionFields<Window> = { strides: 'optional', padding: 'optional' }
const sizedWindowFields: OptionFields<SizedWindow> = { ...windowFields, size: 'required' }

const window = ({
  strides = [1, 1],
  padding = [
    [0, 0],
    [0, 0],
  ],
}: Window) => ({ strides, padding }) as const

/** A constant stack of images has an axis for them; one image per sample has none. */
type Images<L extends Level> = [L] extends ['batch'] ? [number, number, number, number] : [number, number, number]

/** `(image [h, w, c], constant filter [kh, kw, c, f]) -> [oh, ow, f]`, a cross-correlation. Constant images: `[n, h, w, c]`. */
export const conv2d = <L extends Level, U extends string, V extends string>(
  image: Expr<L, Shape, U>,
  filter: Expr<'batch', Shape, V>,
  options: Window = {},
): Expr<L, Images<L>, U | V> => {
  checkOptions<Window>('ops.conv2d', options, windowFields, 'ops.conv2d(image, filter, {})')
  const [left, right] = [toTerm(image, 'ops.conv2d', 'image'), toTerm(filter, 'ops.conv2d', 'filter')]
  return { term: { op: 'conv2d', left, right, ...window(options) } }
}

/** `(y [oh, ow, f], constant filter [kh, kw, c, f]) -> [h, w, c]`, the transposed convolution; `size` is `[h, w]`. */
export const conv2dInput = <L extends Level, U extends string, V extends string>(
  y: Expr<L, Shape, U>,
  filter: Expr<'batch', Shape, V>,
  options: Window & { readonly size: Sizes },
): Expr<L, Images<L>, U | V> => {
  checkOptions<SizedWindow>('ops.conv2dInput', options, sizedWindowFields, 'ops.conv2dInput(y, filter, {})')
  const [left, right] = [toTerm(y, 'ops.conv2dInput', 'y'), toTerm(filter, 'ops.conv2dInput', 'filter')]
  return { term: { op: 'conv2dInput', left, right, ...window(options), size: options.size } }
}

/** `(constant images [n, h, w, c], constant y [n, oh, ow, f]) -> [kh, kw, c, f]`, conv2d's gradient by its filter; `size` is `[kh, kw]`. */
export const conv2dFilter = <U extends string, V extends string>(
  images: Expr<'batch', Shape, U>,
  y: Expr<'batch', Shape, V>,
  options: Window & { readonly size: Sizes },
): Expr<'batch', [number, number, number, number], U | V> => {
  checkOptions<SizedWindow>('ops.conv2dFilter', options, sizedWindowFields, 'ops.conv2dFilter(images, y, {})')
  const [left, right] = [toTerm(images, 'ops.conv2dFilter', 'images'), toTerm(y, 'ops.conv2dFilter', 'y')]
  return { term: { op: 'conv2dFilter', left, right, ...window(options), size: options.size } }
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

type SameRank<S extends Shape> = { -readonly [i in keyof S]: number }

type SizesAt<P, X, Sum extends number = 0> = P extends readonly [infer A, ...infer rest]
  ? SizesAt<rest, X, Add<Sum, Extract<ShapeOf<A>[X & keyof ShapeOf<A>], number>>>
  : Sum
const termsOf = (called: string, parts: readonly Expr[], hint: string): readonly Term[] => {
  checkList(called, 'parts', parts, hint)
  return parts.map((part, i) => toTerm(part, called, `parts[${i}]`))
}

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

/** Joined along one axis; the other sizes are equal: `ops.concat([x, y], 0)` of [2] and [3] is [5]. */
export const concat = <const P extends readonly Expr[], X extends number>(
  parts: P & JoinAt<ShapeOf<P[0]>, P, X>,
  axis: X,
): Expr<Widest<LevelOf<P[number]>>, JoinedAt<ShapeOf<P[0]>, P, X>, UsesOf<P[number]>> => ({
  term: { op: 'concat', parts: termsOf('ops.concat', parts, 'Write ops.concat([x, G(z)], 0).'), axis },
})

/** The shape that all of several shapes have, [] where there is none; what differs is left to the check of the spec. */
type Common<S extends Shape> = [S] extends [never] ? [] : IsUnion<S> extends true ? SameRank<S> : S

/** As a tree, whose depth grows with the logarithm of their number: a spec nests only so deep. */
const summed = (terms: readonly Term[]): Term => {
  const [first, ...others] = terms
  if (first === undefined) return { op: 'number', value: 0 }
  if (others.length === 0) return first
  const half = Math.ceil(terms.length / 2)
  return { op: 'add', left: summed(terms.slice(0, half)), right: summed(terms.slice(half)) }
}

/**
 * The sum of a list of expressions of one shape, 0 where it is empty.
 *
 * @example ops.sumOf(critics.map((D) => E(D(x))))
 */
export const sumOf = <L extends Level, S extends Shape, U extends string>(
  parts: readonly Expr<L, S, U>[],
): Expr<Widest<L>, Common<S>, U> => ({
  term: summed(termsOf('ops.sumOf', parts, 'Write ops.sumOf([E(D(x)), E(D(G(z)))]).')),
})

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

type Rows<T extends Shape, I extends Shape> = T extends readonly [number, ...infer rest extends Shape]
  ? [...I, ...rest]
  : number[]

/** `(constant table [n, ...s], indices [...i]) -> [...i, ...s]`: rows of a table by whole-numbered indices. */
export const gather = <T extends Shape, U extends string, L extends Level, I extends Shape, V extends string>(
  table: Expr<'batch', T, U>,
  indices: Expr<L, I, V>,
): Expr<L, Rows<T, I>, U | V> => ({
  term: {
    op: 'gather',
    table: toTerm(table, 'ops.gather', 'table'),
    indices: toTerm(indices, 'ops.gather', 'indices'),
  },
})

/** `(constant updates [...i, ...s], constant indices [...i]) -> [size, ...s]`: sums the updates of each index. */
export const scatter = <U extends string, V extends string>(
  updates: Expr<'batch', Shape, U>,
  indices: Expr<'batch', Shape, V>,
  size: number,
): Expr<'batch', number[], U | V> => ({
  term: {
    op: 'scatter',
    updates: toTerm(updates, 'ops.scatter', 'updates'),
    indices: toTerm(indices, 'ops.scatter', 'indices'),
    size,
  },
})
