import type { Shape } from '../../../ir/program.ts'
import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { gemm } from '../lowerings/matmul.ts'
import { reshape } from '../lowerings/movement.ts'
import { turns } from './blocks.ts'
import { sumOfContributions, withZeroPixel, zeroPixel } from './columns.ts'
import { area, type Geometry, geometryKey } from './geometry.ts'
import { column, type Grid, gridOf, sumOf, sumsDown, transform, zip } from './grid.ts'
import { type Algorithm, algorithmsOf, transposed } from './minimal.ts'
import { contributions, imageIndices, outputIndices, outputPlaces, tapIndices, tapPlaces, tiles } from './tiles.ts'
import type { FilterWay, GradientWay } from './way.ts'

/**
 * Convolutions by minimal filtering. All that is transformed are grids of matrices, one for each place in a tile; a matrix
 * has a row for each tile and a column for each channel of a block, so that one product of matrices serves all tiles.
 */

interface Plan {
  readonly g: Geometry
  readonly down: Algorithm
  readonly across: Algorithm
  /** Values of a tile in the domain of products, down and across. */
  readonly values: readonly [number, number]
  /** Channels of a block. */
  readonly depth: number
}

const planOf = (g: Geometry): Plan => {
  const found = algorithmsOf(g)
  if (found === undefined) throw new Error(`no minimal algorithm for ${geometryKey(g)}`)
  const [down, across] = found
  const values = [down.input.length, across.input.length] as const
  return { g, down, across, values, depth: area(g.window.strides) * g.channels }
}

const constant = (
  scope: Scope,
  what: string,
  { g }: Plan,
  indices: Int32Array,
  shape: Shape = [indices.length],
): string => scope.indices(`${what} ${geometryKey(g)}`, shape, () => indices)

/** `[b, h, w, c]` as rows, and the same with a pixel of zeros behind each sample's. */
interface Pixels {
  readonly plain: string
  readonly padded: string
  /** How many a sample has. */
  readonly count: number
}

const pixelsOf = (scope: Scope, name: string, batch: number, count: number, channels: number): Pixels => {
  const plain = reshape(scope, name, [batch, count, channels])
  return { plain, padded: withZeroPixel(scope, plain, batch, channels), count }
}

/** The pixels of one kind of place, a row for each tile: `[tiles of the batch, width]`. */
const pick = (scope: Scope, plan: Plan, pixels: Pixels, what: string, indices: Int32Array, width: number): string => {
  const source = indices.includes(pixels.count) ? pixels.padded : pixels.plain
  const found = scope.node('Gather', [source, constant(scope, what, plan, indices)], { axis: int(1) })
  return reshape(scope, found, [plan.g.batch * area(tiles(plan.g)), width])
}

/** The image's blocks, transformed: `[tiles, depth]` each. */
const imageValues = (scope: Scope, plan: Plan, image: string): Grid => {
  const { g, down, across, values, depth } = plan
  const pixels = pixelsOf(scope, image, g.batch, area(g.image), g.channels)
  const blocks = gridOf(values, (y, x) => pick(scope, plan, pixels, `image ${y} ${x}`, imageIndices(g, [y, x]), depth))
  return transform(scope, down.input, across.input, blocks)
}

/** The gradient of the outputs, as that of the products: `[tiles, features]` each. */
const outputValues = (scope: Scope, plan: Plan, output: string): Grid => {
  const { g, down, across } = plan
  const pixels = pixelsOf(scope, output, g.batch, area(g.output), g.features)
  const corners = gridOf([2, 2], (y, x) =>
    pick(scope, plan, pixels, `output ${y} ${x}`, outputIndices(g, [y, x]), g.features),
  )
  return transform(scope, transposed(down.output), transposed(across.output), corners)
}

/** The filter, transformed: `[depth, features]` each. */
const filterValues = (scope: Scope, plan: Plan, filter: string): Grid => {
  const { g, down, across, depth } = plan
  const taps = reshape(scope, filter, [area(g.kernel), g.channels * g.features])
  const parts = gridOf(turns(g), (y, x) => {
    const indices = constant(scope, `taps ${y} ${x}`, plan, tapIndices(g, [y, x]))
    return reshape(scope, scope.node('Gather', [taps, indices], { axis: int(0) }), [depth, g.features])
  })
  return transform(scope, down.filter, across.filter, parts)
}

/** Matrices with a row for each tile, as `[b, places, width]`: one grid place after the other. */
const together = (scope: Scope, plan: Plan, grid: Grid, shape: Shape, after: readonly string[] = []): string => {
  const parts = grid.flat().map((name) => reshape(scope, name, [plan.g.batch, ...shape]))
  return scope.node('Concat', [...parts, ...after], { axis: int(1) })
}

const workspace = (g: Geometry): number => {
  const { values, depth } = planOf(g)
  return 4 * area(values) * area(tiles(g)) * depth
}

const prepare = (scope: Scope, filter: string, g: Geometry): Grid => filterValues(scope, planOf(g), filter)

export const winogradForward: FilterWay<Grid> = {
  prepare,
  apply: (scope, image, weights, g) => {
    const plan = planOf(g)
    const { down, across, values } = plan
    const blocks = imageValues(scope, plan, image)
    const columns = Array.from({ length: values[1] }, (_, place) =>
      sumsDown(scope, down.output, column(blocks, place), column(weights, place)),
    )
    const corners = gridOf([2, 2], (y, x) => sumOf(scope, across.output[x] ?? [], column(columns, y)))
    const made = together(scope, plan, corners, [area(tiles(g)), g.features])
    const places = constant(scope, 'output places', plan, outputPlaces(g), g.output)
    return scope.node('Gather', [made, places], { axis: int(1) })
  },
  workspace,
}

export const winogradInput: FilterWay<Grid> = {
  prepare,
  apply: (scope, output, weights, g) => {
    const plan = planOf(g)
    const { down, across } = plan
    const products = zip(outputValues(scope, plan, output), weights, (value, filter) =>
      gemm(scope, value, filter, { transposeB: true }),
    )
    const blocks = transform(scope, transposed(down.input), transposed(across.input), products)
    const shape = [area(tiles(g)) * area(g.window.strides), g.channels]
    const sent = together(scope, plan, blocks, shape, [zeroPixel(scope, g.batch, g.channels)])
    return sumOfContributions(scope, sent, g, contributions(g), `contributions ${geometryKey(g)}`)
  },
  workspace,
}

/** Sums are those of the filter's transform, of which its gradient is made in the end. */
export const winogradFilter: GradientWay = {
  sums: (g) => {
    const { values, depth } = planOf(g)
    return Array.from({ length: area(values) }, () => [depth, g.features])
  },
  add: (scope, image, output, g, before) => {
    const plan = planOf(g)
    return zip(imageValues(scope, plan, image), outputValues(scope, plan, output), (value, gradient, place) =>
      gemm(scope, value, gradient, { transposeA: true, plus: before?.[place] }),
    ).flat()
  },
  finish: (scope, sums, g) => {
    const { down, across, values } = planOf(g)
    const summed = gridOf(values, (y, x) => sums[y * values[1] + x] ?? '')
    const parts = transform(scope, transposed(down.filter), transposed(across.filter), summed)
    const rows = parts.flat().map((name) => reshape(scope, name, [area(g.window.strides), g.channels * g.features]))
    const taps = scope.node('Concat', rows, { axis: int(0) })
    const ordered = scope.node('Gather', [taps, constant(scope, 'tap places', planOf(g), tapPlaces(g))], {
      axis: int(0),
    })
    return reshape(scope, ordered, [...g.kernel, g.channels, g.features])
  },
  workspace,
}
