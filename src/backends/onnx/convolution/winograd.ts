import { at } from '../../../ir/present.ts'
import type { Shape } from '../../../ir/program.ts'
import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { gemm } from '../lowerings/matmul.ts'
import { reshape, transpose } from '../lowerings/movement.ts'
import type { FilterAlgorithm, GradientAlgorithm } from './algorithm.ts'
import { turns } from './blocks.ts'
import { area, type Geometry, geometryKey } from './geometry.ts'
import { algorithmsOf, both, type Matrix, transposed } from './minimal.ts'
import {
  groupPlaces,
  groups,
  imageIndices,
  outputIndices,
  outputIndicesAndNone,
  outputPlaces,
  sentPlaces,
  type Tiling,
  tapIndices,
  tapPlaces,
  tiles,
} from './tiles.ts'

/**
 * Convolutions by minimal filtering, in few operators, since each waits for all threads: what a tile sees is gathered value
 * after value, a product with a small constant matrix takes all sums, and one batched product has a matrix for each value,
 * with a row for each tile and a column for each channel of a block.
 */

interface Plan {
  readonly tiling: Tiling
  /** Both axes in one: `[values, values]`, `[values, turns]` and `[outputs of a tile, values]`. */
  readonly input: Matrix
  readonly filter: Matrix
  readonly output: Matrix
  /** Channels of a block. */
  readonly depth: number
}

const planOf = (g: Geometry): Plan => {
  const found = algorithmsOf(g)
  if (found === undefined) throw new Error(`no minimal algorithm for ${geometryKey(g)}`)
  const [down, across] = found
  return {
    tiling: {
      g,
      side: [down.output.length, across.output.length],
      values: [down.input.length, across.input.length],
    },
    input: both(down.input, across.input),
    filter: both(down.filter, across.filter),
    output: both(down.output, across.output),
    depth: area(g.window.strides) * g.channels,
  }
}

/** Rows of a matrix, in the order of indices, which lie in the given shape. */
const pick = (
  scope: Scope,
  rows: string,
  what: string,
  g: Geometry,
  indices: Int32Array,
  shape: Shape = [indices.length],
): string => {
  const constant = scope.indices(`${what} ${g.batch} ${geometryKey(g)}`, shape, () => indices)
  return scope.node('Gather', [rows, constant], { axis: int(0) })
}

/** Sums of what lies along the first axis, by a matrix of numbers. */
const combine = (scope: Scope, by: Matrix, values: string, width: number): string => {
  const row = at(by, 0)
  const matrix = scope.floats([by.length, row.length], by.flat())
  return gemm(scope, matrix, reshape(scope, values, [row.length, width]))
}

/** `[rows, width]` and a row of zeros. */
const withZeros = (scope: Scope, rows: string, width: number): string => {
  const zeros = scope.node('Expand', [scope.floats([], [0]), scope.integers([1, width])])
  return scope.node('Concat', [rows, zeros], { axis: int(0) })
}

/** Pixels of samples as rows, in the order of indices, one past the last of which is a pixel of zeros. */
const pickPixels = (
  scope: Scope,
  samples: string,
  [count, channels]: readonly [number, number],
  what: string,
  g: Geometry,
  indices: Int32Array,
): string => {
  const rows = reshape(scope, samples, [count, channels])
  return pick(scope, indices.includes(count) ? withZeros(scope, rows, channels) : rows, what, g, indices)
}

/** The image's blocks: `[values, tiles, depth]`. */
const imageValues = (scope: Scope, { tiling, input, depth }: Plan, image: string): string => {
  const { g } = tiling
  const rows = g.batch * tiles(tiling)
  const size = [g.batch * area(g.image), g.channels] as const
  const blocks = pickPixels(scope, image, size, 'image', g, imageIndices(tiling))
  return reshape(scope, combine(scope, input, blocks, rows * depth), [input.length, rows, depth])
}

/** The outputs' gradient as that of the products: `[values, tiles, features]`. */
const outputValues = (scope: Scope, plan: Plan, output: string, what: string, indices: Int32Array): string => {
  const { g } = plan.tiling
  const rows = indices.length / plan.output.length
  const size = [g.batch * area(g.output), g.features] as const
  const corners = pickPixels(scope, output, size, what, g, indices)
  const made = combine(scope, transposed(plan.output), corners, rows * g.features)
  return reshape(scope, made, [plan.input.length, rows, g.features])
}

/** The filter: `[values, depth, features]`. */
const filterValues = (scope: Scope, filter: string, g: Geometry): string => {
  const { filter: by, depth } = planOf(g)
  const rows = reshape(scope, filter, [area(g.kernel), g.channels * g.features])
  const taps = pick(scope, rows, 'taps', { ...g, batch: 1 }, tapIndices(g))
  return reshape(scope, combine(scope, by, taps, depth * g.features), [by.length, depth, g.features])
}

const workspace = (g: Geometry): number => {
  const { tiling, input, depth } = planOf(g)
  return 4 * input.length * tiles(tiling) * depth
}

const weights = (g: Geometry): number => {
  const { input, depth } = planOf(g)
  return 4 * input.length * depth * g.features
}

export const winogradForward: FilterAlgorithm<string> = {
  prepare: filterValues,
  apply: (scope, image, weights, g) => {
    const plan = planOf(g)
    const { tiling, output } = plan
    const products = scope.node('MatMul', [imageValues(scope, plan, image), weights])
    const rows = g.batch * tiles(tiling)
    const made = combine(scope, output, products, rows * g.features)
    const corners = reshape(scope, made, [output.length * rows, g.features])
    return pick(scope, corners, 'output places', g, outputPlaces(tiling), [g.batch, ...g.output])
  },
  workspace,
  weights,
}

/** Blocks of neighbouring tiles overlap: each value is laid beside those of the pixels it falls on, and they are summed. */
const overlapped = (scope: Scope, { tiling, input, depth }: Plan, blocks: string): string => {
  const { g, side, values } = tiling
  const phases = area(g.window.strides)
  const rows = g.batch * tiles(tiling) + 1
  const sent = pick(
    scope,
    reshape(scope, blocks, [input.length * rows * phases, g.channels]),
    'sent',
    g,
    sentPlaces(tiling),
  )
  const falls = (n: 0 | 1): Matrix =>
    Array.from({ length: side[n] }, (_, row) =>
      Array.from({ length: values[n] }, (__, value) => Number(value % side[n] === row)),
    )
  const received = g.batch * groups(tiling)
  const summed = combine(scope, both(falls(0), falls(1)), sent, received * depth)
  const pixels = reshape(scope, summed, [area(side) * received * phases, g.channels])
  return pick(scope, pixels, 'group places', g, groupPlaces(tiling), [g.batch, ...g.image])
}

export const winogradInput: FilterAlgorithm<string> = {
  prepare: filterValues,
  apply: (scope, output, weights, g) => {
    const plan = planOf(g)
    const { tiling, input, depth } = plan
    const values = outputValues(scope, plan, output, 'outputs and none', outputIndicesAndNone(tiling))
    // onnxruntime makes one operator of the two.
    const products = scope.node('MatMul', [values, transpose(scope, weights, [0, 2, 1])])
    const blocks = combine(scope, transposed(input), products, (g.batch * tiles(tiling) + 1) * depth)
    return overlapped(scope, plan, blocks)
  },
  workspace,
  weights,
}

/** The sum is that of the filter's transform, of which its gradient is made in the end. */
export const winogradFilter: GradientAlgorithm = {
  sum: (g) => {
    const { input, depth } = planOf(g)
    return [input.length, depth, g.features]
  },
  add: (scope, image, output, g, before) => {
    const plan = planOf(g)
    const left = transpose(scope, imageValues(scope, plan, image), [0, 2, 1])
    const right = outputValues(scope, plan, output, 'outputs', outputIndices(plan.tiling))
    const products = scope.node('MatMul', [left, right])
    return before === undefined ? products : scope.node('Add', [before, products])
  },
  finish: (scope, sum, g) => {
    const { filter, depth } = planOf(g)
    const parts = combine(scope, transposed(filter), sum, depth * g.features)
    const taps = reshape(scope, parts, [area(turns(g)) * area(g.window.strides), g.channels * g.features])
    const ordered = pick(scope, taps, 'tap places', { ...g, batch: 1 }, tapPlaces(g))
    return reshape(scope, ordered, [...g.kernel, g.channels, g.features])
  },
  workspace,
}
