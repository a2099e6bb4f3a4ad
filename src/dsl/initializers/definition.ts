import type * as t from '#io-ts'
import type { Shape } from '../../ir/program.ts'

/** What is initialised: a tensor, and how many inputs and outputs of its layer one weight connects. */
export interface Fans {
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
}

/** So many fresh numbers per call: uniform on [0, 1), or standard normal. */
export interface InitialRandom {
  readonly uniform: (count: number) => Float32Array
  readonly normal: (count: number) => Float32Array
}

/** All that is known of one kind of initialiser. */
export interface InitializerDefinition<I> {
  readonly codec: () => t.Type<I, unknown>
  /** The value that a tensor starts with, row-major; computed in float64 and rounded once. */
  readonly fill: (init: I, tensor: Fans, random: InitialRandom) => Float32Array
  /** The root of the mean square of what it draws. */
  readonly rootMeanSquare: (init: I, tensor: Fans) => number
}
