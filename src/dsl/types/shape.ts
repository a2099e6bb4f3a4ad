import type { Shape } from '../../ir/program.ts'
import type { Add, CeilDiv, Mul, Product, Sub } from './arith.ts'

/** Shapes by name: of a network's inputs or outputs, or of a source's fields. */
export type Shapes = { readonly [name: string]: Shape }

/** A shape as a user reads it in a message: `[28, 28, 1]`, with `?` for a size that is not literal. */
export type Show<S> = S extends readonly [infer H extends number, ...infer T extends Shape]
  ? `[${ShowSizes<T, ShowSize<H>>}]`
  : S extends readonly []
    ? '[]'
    : S extends Shape
      ? '[...]'
      : S extends Shapes
        ? `{ ${keyof S & string} }`
        : never
type ShowSizes<S extends Shape, Done extends string> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? ShowSizes<T, `${Done}, ${ShowSize<H>}`>
  : Done
type ShowSize<N extends number> = number extends N ? '?' : `${N}`

/** Whether the shapes agree, as far as their sizes are literal types. The check of the spec covers the others. */
export type Agree<A extends Shape, B extends Shape> = A extends readonly [
  infer a extends number,
  ...infer as extends Shape,
]
  ? B extends readonly [infer b extends number, ...infer bs extends Shape]
    ? number extends a
      ? Agree<as, bs>
      : number extends b
        ? Agree<as, bs>
        : [a] extends [b]
          ? Agree<as, bs>
          : false
    : B extends readonly []
      ? false
      : true
  : A extends readonly []
    ? B extends readonly []
      ? true
      : B extends readonly [unknown, ...unknown[]]
        ? false
        : true
    : true

/** One number, as far as is known: `[]`, `[1]`, or of unknown rank. */
export type IsScalar<S extends Shape> = S extends readonly [] | readonly [1]
  ? true
  : number extends S['length']
    ? true
    : false

/** A shape as users write it. The string is only for TypeScript's error about a number. */
export type Listed = Shape | 'a list of sizes: write input([4]), not input(4)' extends infer T extends Shape | string
  ? T
  : never

/** The given shape. Unchecked code may pass anything, which the check of the spec reports. */
export const listed = (shape: unknown): Shape => shape as Shape

/** The same sizes without `readonly`: what a `const` parameter infers, as messages should show it. */
export type Mutable<S> = S extends readonly [...infer T extends number[]] ? T : never

/** The padding of an image: enough to keep size / stride ('same'), none ('valid'), or a number of pixels on each side. */
export type Padding = 'same' | 'valid' | number

/** What a window of K pixels, each D apart, reaches over. */
export type Extent<K extends number, D extends number> = D extends 1 ? K : Add<Mul<Sub<K, 1>, D>, 1>
type Window<N extends number, K extends number, S extends number, P extends Padding> = P extends 'same'
  ? CeilDiv<N, S>
  : P extends 'valid'
    ? CeilDiv<Sub<N, Sub<K, 1>>, S>
    : P extends number
      ? CeilDiv<Sub<Add<N, Mul<P, 2>>, Sub<K, 1>>, S>
      : never
type Unwindow<N extends number, K extends number, S extends number, P extends Padding> = P extends 'same'
  ? Mul<N, S>
  : P extends 'valid'
    ? Add<Mul<N, S>, Sub<K, S>>
    : P extends number
      ? Sub<Add<Mul<Sub<N, 1>, S>, K>, Mul<P, 2>>
      : never

/** What conv2d makes of an image: F filters of K x K, stride S. */
export type Conv<
  X extends Shape,
  F extends number,
  K extends number,
  S extends number,
  P extends Padding,
> = X extends readonly [infer H extends number, infer W extends number, number]
  ? [Window<H, K, S, P>, Window<W, K, S, P>, F]
  : [number, number, F]
/** What conv1d makes of a sequence. */
export type Conv1d<
  X extends Shape,
  F extends number,
  K extends number,
  S extends number,
  P extends Padding,
> = X extends readonly [infer L extends number, number] ? [Window<L, K, S, P>, F] : [number, F]
/** What depthwiseConv2d makes of an image: M channels of each. */
export type Depthwise<X extends Shape, M extends number, K extends number, S extends number, P extends Padding> = Conv<
  X,
  X extends readonly [number, number, infer C extends number] ? Mul<C, M> : number,
  K,
  S,
  P
>
export type ConvTranspose<
  X extends Shape,
  F extends number,
  K extends number,
  S extends number,
  P extends Padding,
> = X extends readonly [infer H extends number, infer W extends number, number]
  ? [Unwindow<H, K, S, P>, Unwindow<W, K, S, P>, F]
  : [number, number, F]

export type Flat<X extends Shape> = X extends readonly [number] ? X : [Product<X>]
/** X with its last size replaced by N. */
export type WithLast<X extends Shape, N extends number> = X extends readonly [number]
  ? [N]
  : X extends readonly [...infer H extends Shape, number]
    ? [...H, N]
    : number[]
/** X with its last size divided by N. */
export type DividedLast<X extends Shape, N extends number> = X extends readonly [
  ...infer H extends Shape,
  infer C extends number,
]
  ? [...H, CeilDiv<C, N>]
  : number[]
/** The channels of an image. */
export type Channels<X extends Shape> = X extends readonly [number, number, infer C extends number] ? [C] : [number]
/** A pixel for each whole block of F x F. */
export type Blocks<X extends Shape, F extends number> = Conv<X, X[2] & number, F, F, 'valid'>
export type Upsampled<X extends Shape, F extends number> = X extends readonly [
  infer H extends number,
  infer W extends number,
  infer C extends number,
]
  ? [Mul<H, F>, Mul<W, F>, C]
  : [number, number, number]
/** Upsampled, with channels that become pixels. */
export type Shuffled<X extends Shape, F extends number> = X extends readonly [
  infer H extends number,
  infer W extends number,
  infer C extends number,
]
  ? [Mul<H, F>, Mul<W, F>, CeilDiv<CeilDiv<C, F>, F>]
  : [number, number, number]
/** Joined along the last axis. */
export type Joined<A extends Shape, B extends Shape> = A extends readonly [
  ...infer H extends Shape,
  infer a extends number,
]
  ? B extends readonly [...H, infer b extends number]
    ? [...H, Add<a, b>]
    : number[]
  : number[]
/** S without the axes A. */
export type WithoutAxes<S extends Shape, A extends number, Done extends 0[] = []> = number extends A
  ? number[]
  : S extends readonly [infer H extends number, ...infer T extends Shape]
    ? Done['length'] extends A
      ? WithoutAxes<T, A, [...Done, 0]>
      : [H, ...WithoutAxes<T, A, [...Done, 0]>]
    : S extends readonly []
      ? []
      : number[]

/** A shape of as many axes, their sizes unknown. */
export type SameRank<S extends Shape> = { -readonly [i in keyof S]: number }
