import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { gemm } from '../lowerings/matmul.ts'
import { reshape } from '../lowerings/movement.ts'
import type { FilterAlgorithm, GradientAlgorithm } from './algorithm.ts'
import {
  area,
  columnIndices,
  contributorIndices,
  filterBytes,
  type Geometry,
  geometryKey,
  imageShape,
  reach,
} from './geometry.ts'

/**
 * Convolutions as one matrix product (im2col), channels last: one row per output pixel, one column per tap and channel. Both pixel axes are
 * merged into one, and constant indices describe the windows.
 */

/** `[b, n, c]` to `[b, n + 1, c]`: a pixel of zeros, for indices that point outside. */
export const withZeroPixel = (scope: Scope, pixels: string, batch: number, channels: number): string =>
  scope.node('Concat', [pixels, zeroPixel(scope, batch, channels)], { axis: int(1) })

/** `[b, 1, c]` */
const zeroPixel = (scope: Scope, batch: number, channels: number): string =>
  scope.node('Expand', [scope.floats([], [0]), scope.integers([batch, 1, channels])])

export const isIdentity = (indices: Int32Array, length: number): boolean =>
  indices.length === length && indices.every((index, place) => index === place)

/** `image [b, h, w, c] -> [b oh ow, kh kw c]`. The same columns serve the product with the filter and the filter's gradient. */
const columns = (scope: Scope, image: string, g: Geometry): string => {
  const indices = columnIndices(g)
  const pixels = reshape(scope, image, [g.batch, area(g.image), g.channels])
  const shape = [g.batch * area(g.output), area(g.kernel) * g.channels]
  if (isIdentity(indices, area(g.image))) return reshape(scope, pixels, shape)
  const source = indices.includes(area(g.image)) ? withZeroPixel(scope, pixels, g.batch, g.channels) : pixels
  const constant = scope.indices(`columns ${geometryKey(g)}`, [indices.length], () => indices)
  return reshape(scope, scope.node('Gather', [source, constant], { axis: int(1) }), shape)
}

const columnBytes = (g: Geometry): number => 4 * area(g.output) * area(g.kernel) * g.channels

/** If each output pixel sees one pixel, the columns are the image itself. */
const gatheredBytes = (g: Geometry): number => (isIdentity(columnIndices(g), area(g.image)) ? 0 : columnBytes(g))

const matrix = (scope: Scope, filter: string, g: Geometry): string =>
  reshape(scope, filter, [area(g.kernel) * g.channels, g.features])

export const columnsForward: FilterAlgorithm<string> = {
  prepare: matrix,
  apply: (scope, image, weights, g) =>
    reshape(scope, gemm(scope, columns(scope, image, g), weights), [g.batch, ...g.output, g.features]),
  workspace: gatheredBytes,
  weights: filterBytes,
}

export const columnsFilter: GradientAlgorithm = {
  sum: (g) => [area(g.kernel) * g.channels, g.features],
  add: (scope, image, output, g, before) => {
    const rows = reshape(scope, output, [g.batch * area(g.output), g.features])
    return gemm(scope, columns(scope, image, g), rows, { transposeA: true, plus: before })
  },
  finish: (scope, sum, g) => reshape(scope, sum, [...g.kernel, g.channels, g.features]),
  workspace: gatheredBytes,
}

/**
 * The transposed product computes what each output pixel sends through each tap. Every pixel of the image then gathers and sums what it
 * receives.
 */
export const columnsInput: FilterAlgorithm<string> = {
  prepare: matrix,
  apply: (scope, output, weights, g) => {
    const indices = contributorIndices(g)
    const padded = indices.includes(area(g.output) * area(g.kernel))
    const pixels = reshape(scope, output, [g.batch, area(g.output), g.features])
    // A pixel of zeros before the product is a row of zeros after it, for far fewer bytes than one appended there.
    const source = padded ? withZeroPixel(scope, pixels, g.batch, g.features) : pixels
    const count = area(g.output) + Number(padded)
    const rows = reshape(scope, source, [g.batch * count, g.features])
    const sent = gemm(scope, rows, weights, { transposeB: true })
    if (isIdentity(indices, count * area(g.kernel))) return reshape(scope, sent, imageShape(g))
    const taps = reshape(scope, sent, [g.batch, count * area(g.kernel), g.channels])
    return sumOfContributions(scope, taps, g, indices, `contributors ${geometryKey(g)}`)
  },
  workspace: (g) => columnBytes(g) + 4 * area(reach(g)) * area(g.image) * g.channels,
  weights: filterBytes,
}

/** For each pixel of the image the sum of what `indices` say it is sent: as many times over as there are of its pixels. */
const sumOfContributions = (scope: Scope, sent: string, g: Geometry, indices: Int32Array, key: string): string => {
  const turns = indices.length / area(g.image)
  const constant = scope.indices(key, [turns, ...g.image], () => indices)
  const received = scope.node('Gather', [sent, constant], { axis: int(1) })
  return scope.node('ReduceSum', [received, scope.integers([1])], { keepdims: int(0) })
}
