import { at } from './present.ts'
import { type Shape, showShape } from './program.ts'

/** A shape with N axes, as a tuple. */
type Sizes<N extends number, S extends Shape = readonly []> = S['length'] extends N
  ? S
  : Sizes<N, readonly [...S, number]>

const hasAxes = <N extends number>(shape: Shape, axes: N): shape is Sizes<N> => shape.length === axes

/**
 * A shape as a tuple of `axes` sizes. A shape with another number of axes is a broken invariant.
 *
 * @example const [h, w, c] = sizes(image, 3)
 */
export const sizes = <N extends number>(shape: Shape, axes: N): Sizes<N> => {
  if (hasAxes(shape, axes)) return shape
  throw new Error(`broken invariant: ${showShape(shape)} does not have ${axes} axes`)
}

/** The size of the last axis: the number of channels. */
export const lastSize = (shape: Shape): number => at(shape, shape.length - 1)

/** Splits the shape of a batch: the number of samples, and the shape of each. */
export const batched = (shape: Shape): readonly [batch: number, ...sample: Shape] => [at(shape, 0), ...shape.slice(1)]
