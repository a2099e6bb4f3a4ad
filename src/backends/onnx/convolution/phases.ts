import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { gemm } from '../lowerings/matmul.ts'
import { reshape, transpose } from '../lowerings/movement.ts'
import type { FilterAlgorithm } from './algorithm.ts'
import { blockIndices, blocks, pixelIndices, turns } from './blocks.ts'
import { isIdentity, withZeroPixel } from './columns.ts'
import { area, filterBytes, type Geometry, geometryKey, imageShape } from './geometry.ts'

/** `[kh, kw, c, f]`, with each tap by its turn and its phase, as `[turns f, phases c]`. */
const byPhase = (scope: Scope, filter: string, g: Geometry): string => {
  const [down, across] = turns(g)
  const [strideDown, strideAcross] = g.window.strides
  const separate = reshape(scope, filter, [down, strideDown, across, strideAcross, g.channels, g.features])
  const ordered = transpose(scope, separate, [0, 2, 5, 1, 3, 4])
  return reshape(scope, ordered, [down * across * g.features, strideDown * strideAcross * g.channels])
}

/** A row for each block holds the outputs that reach it; one product makes all of its pixels, which then find their places. */
export const phasesInput: FilterAlgorithm<string> = {
  prepare: byPhase,
  apply: (scope, output, weights, g) => {
    const indices = blockIndices(g)
    const pixels = reshape(scope, output, [g.batch, area(g.output), g.features])
    const source = indices.includes(area(g.output)) ? withZeroPixel(scope, pixels, g.batch, g.features) : pixels
    const constant = scope.indices(`blocks ${geometryKey(g)}`, [indices.length], () => indices)
    const gathered = scope.node('Gather', [source, constant], { axis: int(1) })
    const rows = reshape(scope, gathered, [g.batch * area(blocks(g)), area(turns(g)) * g.features])
    const made = gemm(scope, rows, weights)
    const count = area(blocks(g)) * area(g.window.strides)
    const places = pixelIndices(g)
    if (isIdentity(places, count)) return reshape(scope, made, imageShape(g))
    const place = scope.indices(`pixels ${geometryKey(g)}`, g.image, () => places)
    return scope.node('Gather', [reshape(scope, made, [g.batch, count, g.channels]), place], { axis: int(1) })
  },
  workspace: (g) => 4 * area(blocks(g)) * (area(turns(g)) * g.features + area(g.window.strides) * g.channels),
  weights: filterBytes,
}
