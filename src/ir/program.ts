/**
 * A program in single-assignment form: what the compiler makes and every backend runs.
 *
 * All values are float32 tensors of static shape (the reference interpreter computes them in float64). A program is pure:
 * it reads state, draws and the step number, and yields new state and metrics. Images are channels-last.
 */

import type { BinaryOp, UnaryOp } from './ops/elementwise.ts'
import type { Origin } from './origin.ts'

/** Sizes by axis, outermost first: `[height, width, channels]`. A scalar has shape `[]`. */
export type Shape = readonly number[]

declare const nodeId: unique symbol
/** The index of a node in its program, or in its builder. */
export type NodeId = number & { readonly [nodeId]: true }

/** Strides and zero padding of a convolution over height and width. */
export interface Window {
  readonly strides: readonly [number, number]
  /** `[[top, bottom], [left, right]]`, in pixels. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]]
}

export type None = { readonly [key: string]: never }

/** The parameters of each op. Elementwise ops take inputs of one shape; `broadcast` makes shapes equal. */
export type Params = { readonly [K in UnaryOp | BinaryOp]: None } & {
  /** A literal tensor, row-major. */
  readonly constant: { readonly shape: Shape; readonly values: readonly number[] }
  /** The value of a state tensor at the start of the step. */
  readonly state: { readonly name: string; readonly shape: Shape }
  /** A tensor that the host supplies at every step: random numbers, a batch of data, or a given value. */
  readonly draw: { readonly name: string; readonly shape: Shape }
  /** The number of the step, from 0, a scalar. */
  readonly step: None
  /** `select(condition, a, b)`: a where condition is not 0, else b. */
  readonly select: None
  /** The identity, but with gradient zero. */
  readonly stopGradient: None
  /** The identity. Rewriting leaves it alone while a nested gradient is taken with respect to it. */
  readonly barrier: None
  /** `[..., m, k] x [..., k, n] -> [..., m, n]`; leading sizes are equal. A transpose flag swaps the last two axes of that input. */
  readonly matmul: { readonly transposeA: boolean; readonly transposeB: boolean }
  /** `(x [b, h, w, c], filter [kh, kw, c, f]) -> [b, oh, ow, f]`, a cross-correlation. */
  readonly conv2d: Window
  /** `(y [b, oh, ow, f], filter [kh, kw, c, f]) -> x [b, h, w, c]`: conv2d's gradient by x, the transposed convolution. `size` is `[h, w]`. */
  readonly conv2dInput: Window & { readonly size: readonly [number, number] }
  /** `(x [b, h, w, c], y [b, oh, ow, f]) -> filter [kh, kw, c, f]`: conv2d's gradient by its filter. `size` is `[kh, kw]`. */
  readonly conv2dFilter: Window & { readonly size: readonly [number, number] }
  /** Sums over axes (ascending) and drops them from the shape. */
  readonly sum: { readonly axes: readonly number[] }
  /** Takes the maximum over axes (ascending) and drops them from the shape. */
  readonly max: { readonly axes: readonly number[] }
  readonly reshape: { readonly shape: Shape }
  readonly transpose: { readonly permutation: readonly number[] }
  /** Repeats along axes of size 1 and new leading axes: shapes are aligned at their last axis. */
  readonly broadcast: { readonly shape: Shape }
  readonly concat: { readonly axis: number }
  readonly slice: { readonly starts: readonly number[]; readonly sizes: readonly number[] }
  /** How many zeros to add before and after, per axis. */
  readonly pad: { readonly before: readonly number[]; readonly after: readonly number[] }
  /** `(table [n, ...s], indices [...i]) -> [...i, ...s]`; an index is a whole number held in a float. */
  readonly gather: None
  /** `(updates [...i, ...s], indices [...i]) -> [size, ...s]`: sums the updates of each index; gather's gradient. */
  readonly scatter: { readonly size: number }
}
export type Op = keyof Params

/** How many inputs each op reads. */
export type Arity = { readonly [K in UnaryOp]: 1 } & { readonly [K in BinaryOp]: 2 } & {
  readonly [K in 'constant' | 'state' | 'draw' | 'step']: 0
} & {
  readonly [K in
    | 'stopGradient'
    | 'barrier'
    | 'sum'
    | 'max'
    | 'reshape'
    | 'transpose'
    | 'broadcast'
    | 'slice'
    | 'pad']: 1
} & {
  readonly [K in 'matmul' | 'conv2d' | 'conv2dInput' | 'conv2dFilter' | 'gather' | 'scatter']: 2
} & { readonly select: 3; readonly concat: 'many' }

/** Tuples by length: one value for each input. */
export interface Tuples<A> {
  readonly 0: readonly []
  readonly 1: readonly [A]
  readonly 2: readonly [A, A]
  readonly 3: readonly [A, A, A]
  readonly many: readonly A[]
}
export type Inputs<O extends Op, A> = Tuples<A>[Arity[O]]

/** One operation: its parameters, the earlier nodes that it reads, and the shape of its result. */
export interface NodeOf<O extends Op> {
  readonly op: O
  readonly params: Params[O]
  readonly inputs: Inputs<O, NodeId>
  readonly shape: Shape
  /** Where in the spec it comes from, for error messages. Ignored when nodes are compared. */
  readonly origin: Origin
}
/** A node of one of the given ops; of any op by default. */
export type Node<O extends Op = Op> = { readonly [K in O]: NodeOf<K> }[O]

/** How the host makes a draw. Element i of a draw depends only on (seed, stream, step, i). */
export type DrawOrigin =
  | { readonly type: 'uniform' | 'normal'; readonly stream: string }
  | { readonly type: 'source'; readonly source: string; readonly field: string; readonly stream: string }
  | { readonly type: 'given' }
export interface Draw {
  readonly shape: Shape
  readonly origin: DrawOrigin
}

/** One step as data: nodes in order, each reading only earlier ones, and what to write and report. */
export interface Program {
  readonly nodes: readonly Node[]
  /** Every state tensor that the program reads or writes. */
  readonly state: { readonly [name: string]: Shape }
  readonly draws: { readonly [name: string]: Draw }
  /** The new values of state tensors. A tensor without an entry keeps its value. */
  readonly writes: { readonly [name: string]: NodeId }
  /** The values that the step reports, of any shape. */
  readonly metrics: { readonly [name: string]: NodeId }
}

export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1)

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i])

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`
