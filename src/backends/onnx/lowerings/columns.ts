import { area, columnIndices, contributorIndices, type Geometry, geometryKey, reach } from '../geometry.ts'
import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { gemm } from './matmul.ts'
import { reshape } from './movement.ts'

/**
 * Convolutions as one matrix product, channels last: a row for each output pixel, a column for each tap of the filter and
 * each channel. Both axes of pixels are one axis here, and all that a window means is in constant indices.
 */

/** `[b, n, c]` to `[b, n + 1, c]`: a pixel of zeros, for indices that point outside. */
export const withZeroPixel = (scope: Scope, pixels: string, batch: number, channels: number): string => {
  const zero = scope.node('Expand', [scope.floats([], [0]), scope.integers([batch, 1, channels])])
  return scope.node('Concat', [pixels, zero], { axis: int(1) })
}

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

const matrix = (scope: Scope, filter: string, g: Geometry): string =>
  reshape(scope, filter, [area(g.kernel) * g.channels, g.features])

export const columnsForward = (scope: Scope, image: string, filter: string, g: Geometry): string =>
  reshape(scope, gemm(scope, columns(scope, image, g), matrix(scope, filter, g)), [g.batch, ...g.output, g.features])

export const columnsFilter = (scope: Scope, image: string, output: string, g: Geometry): string => {
  const rows = reshape(scope, output, [g.batch * area(g.output), g.features])
  const product = gemm(scope, columns(scope, image, g), rows, { transposeA: true })
  return reshape(scope, product, [...g.kernel, g.channels, g.features])
}

/**
 * The transposed product gives what each output pixel sends through each tap; every pixel of the image then gathers what
 * it is sent, once for each time that a tap can reach it, and sums.
 */
export const columnsInput = (scope: Scope, output: string, filter: string, g: Geometry): string => {
  const indices = contributorIndices(g)
  const padded = indices.includes(area(g.output) * area(g.kernel))
  const pixels = reshape(scope, output, [g.batch, area(g.output), g.features])
  // A pixel of zeros before the product is a row of zeros after it, for far fewer bytes than one appended there.
  const source = padded ? withZeroPixel(scope, pixels, g.batch, g.features) : pixels
  const count = area(g.output) + Number(padded)
  const rows = reshape(scope, source, [g.batch * count, g.features])
  const sent = gemm(scope, rows, matrix(scope, filter, g), { transposeB: true })
  const shape = [g.batch, ...g.image, g.channels]
  if (isIdentity(indices, count * area(g.kernel))) return reshape(scope, sent, shape)
  const constant = scope.indices(`contributors ${geometryKey(g)}`, [indices.length], () => indices)
  const taps = reshape(scope, sent, [g.batch, count * area(g.kernel), g.channels])
  const received = scope.node('Gather', [taps, constant], { axis: int(1) })
  const turns = reshape(scope, received, [g.batch, area(reach(g)), area(g.image) * g.channels])
  return reshape(scope, scope.node('ReduceSum', [turns, scope.integers([1])], { keepdims: int(0) }), shape)
}
