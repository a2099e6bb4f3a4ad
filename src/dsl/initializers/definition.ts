import type * as t from '#io-ts'
import type { Shape } from '../../ir/program.ts'

/** The tensor to initialise, with its fan in and fan out: how many inputs and outputs of the layer one weight connects. */
export interface Fans {
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
}

/** Returns fresh random numbers on each call: uniform on [0, 1), or standard normal. */
export interface InitialRandom {
  readonly uniform: (count: number) => Float32Array
  readonly normal: (count: number) => Float32Array
}

/** The definition of one kind of initialiser. */
export interface InitializerDefinition<I> {
  readonly codec: () => t.Type<I, unknown>
  /** The initial value of a tensor, row-major. Computed in float64 and rounded once. */
  readonly fill: (init: I, tensor: Fans, random: InitialRandom) => Float32Array
  /** The root mean square of the numbers that it draws. */
  readonly rootMeanSquare: (init: I, tensor: Fans) => number
}
