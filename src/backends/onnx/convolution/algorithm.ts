import { at } from '../../../ir/present.ts'
import { type Shape, size } from '../../../ir/program.ts'
import type { Scope } from '../lowering.ts'
import { type Geometry, imageShape, outputShape } from './geometry.ts'
import { inSlices, samplesAtATime, sumOverSlices } from './slices.ts'

/** An algorithm that applies a filter to samples: the convolution, or its gradient by the image. */
export interface FilterAlgorithm<W> {
  /** Prepares the filter, once for all samples. */
  readonly prepare: (scope: Scope, filter: string, g: Geometry) => W
  readonly apply: (scope: Scope, samples: string, weights: W, g: Geometry) => string
  /** The bytes of what is made on the way for one sample. */
  readonly workspace: (g: Geometry) => number
  /** The bytes of the prepared filter. */
  readonly weights: (g: Geometry) => number
}

/** An algorithm for the gradient by the filter, which is a sum over samples. */
export interface GradientAlgorithm {
  /** The shape of the sum. */
  readonly sum: (g: Geometry) => Shape
  /** Adds the contribution of some samples to the sum `before`, or starts a new sum. */
  readonly add: (scope: Scope, image: string, output: string, g: Geometry, before?: string) => string
  readonly finish: (scope: Scope, sum: string, g: Geometry) => string
  /** The bytes of what is made on the way for one sample. */
  readonly workspace: (g: Geometry) => number
}

/** Lowers a convolution, for as many samples at a time as the caches hold. */
export type Lower = (scope: Scope, left: string, right: string, g: Geometry) => string

const slicesOf = (
  working: number,
  g: Geometry,
  workspace: number,
): { readonly samples: number; readonly part: Geometry } => {
  const samples = samplesAtATime(g.batch, workspace, working)
  return { samples, part: { ...g, batch: samples } }
}

const applied =
  (from: (g: Geometry) => Shape, to: (g: Geometry) => Shape) =>
  <W>({ prepare, apply, workspace, weights: bytes }: FilterAlgorithm<W>): Lower =>
  (scope, left, filter, g) => {
    // Each slice reads all weights again, so a slice is at least as large as the weights.
    const { samples, part } = slicesOf(Math.max(scope.working, bytes(g)), g, workspace(g))
    const weights = prepare(scope, filter, g)
    const inputs = [{ name: left, shape: from(g) }]
    return inSlices(scope, { inputs, samples, result: to(g) }, (within, parts) =>
      apply(within, at(parts, 0), weights, part),
    )
  }

export const forwards = applied(imageShape, outputShape)

export const backwards = applied(outputShape, imageShape)

export const gradient =
  ({ sum, add, finish, workspace }: GradientAlgorithm): Lower =>
  (scope, image, output, g) => {
    const shape = sum(g)
    // Each slice reads and writes the whole sum, so a slice is at least as large as the sum.
    const { samples, part } = slicesOf(Math.max(scope.working, 4 * size(shape)), g, workspace(g))
    const inputs = [
      { name: image, shape: imageShape(g) },
      { name: output, shape: outputShape(g) },
    ]
    const summed = sumOverSlices(scope, { inputs, samples, sum: shape }, (within, parts, before) =>
      add(within, at(parts, 0), at(parts, 1), part, before),
    )
    return finish(scope, summed, g)
  }
