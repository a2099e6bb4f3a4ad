import { checkFunction } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import type { Agree, Shapes, Show } from '../types/shape.ts'
import { branchFrom, gather } from './graph.ts'
import type { Graph } from './layerGraph.ts'

declare const shapes: unique symbol
/**
 * A network: its graph, and as types only the shapes `I` of its inputs by name and `O` of its output, or of its outputs by name.
 * Shapes are those of one sample; images are height x width x channels.
 */
export interface Net<out I extends Shapes = Shapes, out O extends Shape | Shapes = Shape | Shapes> extends Graph {
  readonly [shapes]?: { readonly inputs: I; readonly output: O } | undefined
}

export type NoInputs = { readonly [name in never]: Shape }

/**
 * The inputs of the wrong call `relu()`. No pipe accepts them, and TypeScript's error shows this sentence. That is the only reason why
 * the parameter is optional.
 */
export type Called = {
  readonly 'write a layer without options without (): relu, not relu()': Shape
} extends infer T extends Shapes
  ? T
  : never

/** A layer that keeps the shape: it returns a network of the same type. */
export type Same = <I extends Shapes = Called, S extends Shape = Shape>(net?: Net<I, S>) => Net<I, S>

/**
 * The key into a table with `unknown` for a passed check and a message for a failed one. A table instead of a conditional type, because
 * for a shape that is still a type parameter TypeScript takes the entry of its bound, which passes. So
 * `flow(batchNorm, relu, conv2d(...))` is a layer, too.
 */
export type Verdict<Passes> = Passes extends true ? 'fits' : 'differs'

type IsImage<S extends Shape> = S extends { readonly length: 3 } ? true : number extends S['length'] ? true : false

/** `Net<I, S>` if S is an image, otherwise the message. */
export type ImageNet<I extends Shapes, S extends Shape, Layer extends string> = Net<I, S> &
  {
    fits: unknown
    differs: `${Layer} needs height x width x channels, but here it gets ${Show<S>}`
  }[Verdict<IsImage<S>>]

/** The inputs of two networks together. `extends infer` makes hovers and messages show the fields instead of this alias. */
export type Inputs<A, B> = {
  [K in keyof A | keyof B]: K extends keyof A ? A[K] : K extends keyof B ? B[K] : never
} extends infer T extends Shapes
  ? T
  : never

/** The input names that both have with different shapes. */
type Clashing<A extends Shapes, B extends Shapes> = {
  [K in keyof A & keyof B]: Agree<A[K], B[K]> extends true ? never : K
}[keyof A & keyof B]

/** `Then` if inputs of equal names have equal shapes, otherwise the message. */
export type Beside<A extends Shapes, B extends Shapes, Then> = [Clashing<A, B>] extends [never]
  ? Then
  : `both have an input '${Clashing<A, B> & string}', of different shapes: name one of them otherwise`

type InputsOf<N> = N extends Net<infer I> ? I : never
type OutputsOf<R> = {
  [K in keyof R]: R[K] extends Net<Shapes, infer O extends Shape> ? O : never
} extends infer T extends Shapes
  ? T
  : never
type Intersection<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void
  ? { [K in keyof I]: I[K] } extends infer T extends Shapes
    ? T
    : never
  : never

/**
 * Makes a network with several named outputs. Inputs of the same name are one input.
 *
 * @example
 * const trunk = pipe(input([2]), dense(64), relu)
 * outputs({ score: pipe(trunk, dense(1)), label: pipe(trunk, dense(10)) })
 */
export const outputs = <R extends { readonly [name: string]: Net<Shapes, Shape> }>(
  heads: R,
): Net<Intersection<InputsOf<R[keyof R]>>, OutputsOf<R>> => gather(heads)

/**
 * Branches that share a trunk: `pipe(x, ..., share((t) => outputs({ real: pipe(t, dense(1)), label: pipe(t, dense(9)) })))`. All uses
 * of `t` are the trunk's one output; each branch has its own layers. Without `share`, a network used in two places is two networks
 * with separate weights.
 *
 * @example
 * pipe(
 *   input([2]),
 *   dense(64),
 *   relu,
 *   share((trunk) => outputs({ score: pipe(trunk, dense(1)), label: pipe(trunk, dense(10)) })),
 * )
 */
export const share = <S extends Shape, J extends Shapes, O extends Shape | Shapes>(
  branches: (trunk: Net<NoInputs, S>) => Net<J, O>,
) => {
  checkFunction('share', 'branches', branches, 'Write share((h) => addOutputs(h, pipe(h, dense(64)))).')
  return <I extends Shapes>(net: Net<I, S>): Net<Inputs<I, J>, O> => branchFrom(net, branches, 'share')
}
