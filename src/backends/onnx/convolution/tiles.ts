import { at } from '../../../ir/present.ts'
import { area, type Geometry } from './geometry.ts'

/**
 * Where the values lie that minimal filtering works on. Outputs are made in tiles; a tile has values, each of them a row for
 * every phase of a block. Wherever values lie together, they are ordered by value, sample, tile and phase.
 */

type Pair = readonly [number, number]

/** Along one axis. */
interface Axis {
  readonly values: number
  readonly tiles: number
  readonly phases: number
  /** Which of `size` pixels; where there is none, one outside. */
  readonly pixel: (value: number, tile: number, phase: number) => number
  readonly size: number
}

/** How a convolution's outputs are cut. */
export interface Tiling {
  readonly g: Geometry
  /** Outputs of a tile, down and across. */
  readonly side: Pair
  /** Blocks of pixels that a tile sees. */
  readonly values: Pair
}

const count = (outputs: number, side: number): number => Math.ceil(outputs / side)

/** How many tiles a sample has. */
export const tiles = ({ g, side }: Tiling): number => count(g.output[0], side[0]) * count(g.output[1], side[1])

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

const pairs = (down: number, across: number): readonly Pair[] =>
  upTo(down).flatMap((y) => upTo(across).map((x): Pair => [y, x]))

const inside = (place: number, size: number): boolean => place >= 0 && place < size

/** For each value, sample, tile and phase: the pixel among those of all samples; one past the last where there is none. */
const places = (batch: number, down: Axis, across: Axis): readonly number[] => {
  const none = batch * down.size * across.size
  const values = pairs(down.values, across.values)
  const tiled = pairs(down.tiles, across.tiles)
  const phases = pairs(down.phases, across.phases)
  const find = (sample: number, y: number, x: number): number =>
    inside(y, down.size) && inside(x, across.size) ? (sample * down.size + y) * across.size + x : none
  return values.flatMap((value) =>
    upTo(batch).flatMap((sample) =>
      tiled.flatMap((tile) =>
        phases.map((phase) =>
          find(sample, down.pixel(value[0], tile[0], phase[0]), across.pixel(value[1], tile[1], phase[1])),
        ),
      ),
    ),
  )
}

/** For each of `length` pixels its place among these. */
const inverse = (found: readonly number[], length: number): Int32Array => {
  const back = new Int32Array(length)
  for (const [place, pixel] of found.entries()) if (pixel < length) back[pixel] = place
  return back
}

/** The blocks of the image that the tiles see. */
export const imageIndices = (t: Tiling): Int32Array => {
  const axis = (n: 0 | 1): Axis => {
    const { image, output, window } = t.g
    const stride = window.strides[n]
    const [before] = window.padding[n]
    const pixel = (value: number, tile: number, phase: number) => (tile * t.side[n] + value) * stride + phase - before
    return { values: t.values[n], tiles: count(output[n], t.side[n]), phases: stride, pixel, size: image[n] }
  }
  return Int32Array.from(places(t.g.batch, axis(0), axis(1)))
}

const outputAxis = ({ g, side }: Tiling, n: 0 | 1): Axis => ({
  values: side[n],
  tiles: count(g.output[n], side[n]),
  phases: 1,
  pixel: (value, tile) => tile * side[n] + value,
  size: g.output[n],
})

/** The outputs of the tiles. */
export const outputIndices = (t: Tiling): Int32Array =>
  Int32Array.from(places(t.g.batch, outputAxis(t, 0), outputAxis(t, 1)))

/** The same with a tile of nothing behind the last. */
export const outputIndicesAndNone = (t: Tiling): Int32Array => {
  const rows = t.g.batch * tiles(t)
  const found = outputIndices(t)
  return Int32Array.from(
    upTo(area(t.side)).flatMap((value) => [
      ...found.subarray(value * rows, (value + 1) * rows),
      t.g.batch * area(t.g.output),
    ]),
  )
}

/** For each output: its place among those of the tiles. */
export const outputPlaces = (t: Tiling): Int32Array =>
  inverse(places(t.g.batch, outputAxis(t, 0), outputAxis(t, 1)), t.g.batch * area(t.g.output))

const tapAxis = ({ kernel, window }: Geometry, n: 0 | 1): Axis => ({
  values: kernel[n] / window.strides[n],
  tiles: 1,
  phases: window.strides[n],
  pixel: (turn, _, phase) => turn * window.strides[n] + phase,
  size: kernel[n],
})

/** The taps of the filter, turn after turn and within one phase after phase. */
export const tapIndices = (g: Geometry): Int32Array => Int32Array.from(places(1, tapAxis(g, 0), tapAxis(g, 1)))

/** For each tap of the filter its place among these. */
export const tapPlaces = (g: Geometry): Int32Array => inverse(places(1, tapAxis(g, 0), tapAxis(g, 1)), area(g.kernel))

/** Blocks of one phase along an axis, in groups of as many as a tile has outputs: where the first begins, and how many. */
const blocksOf = ({ g, side }: Tiling, n: 0 | 1, phase: number) => {
  const stride = g.window.strides[n]
  const [before] = g.window.padding[n]
  const pixel = modulo(phase - before, stride)
  const block = (pixel + before - phase) / stride
  return { pixel, block, groups: Math.ceil((g.image[n] - pixel) / stride / side[n]) }
}

const modulo = (a: number, b: number): number => ((a % b) + b) % b

/**
 * Along one axis, a tile's output at distance `d` from its first sends to the blocks of value d and beyond; so the block of
 * value v is that of the same distance modulo the tile's side in this group, whatever the tile it was sent from.
 */
const groupAxis = (t: Tiling, n: 0 | 1): Axis => {
  const stride = t.g.window.strides[n]
  const first = upTo(stride).map((phase) => blocksOf(t, n, phase))
  const pixel = (value: number, group: number, phase: number): number => {
    const { pixel: start, block } = at(first, phase)
    return start + (group * t.side[n] + modulo(value - block, t.side[n])) * stride
  }
  const groups = Math.max(...first.map((one) => one.groups))
  return { values: t.side[n], tiles: groups, phases: stride, pixel, size: t.g.image[n] }
}

/** For each pixel its place among the groups' blocks. */
export const groupPlaces = (t: Tiling): Int32Array =>
  inverse(places(t.g.batch, groupAxis(t, 0), groupAxis(t, 1)), t.g.batch * area(t.g.image))

/** How many groups of blocks a sample has. */
export const groups = (t: Tiling): number => groupAxis(t, 0).tiles * groupAxis(t, 1).tiles

/**
 * For each value and the groups' blocks that receive it: its place among the tiles' blocks, behind which, for each value, a
 * tile of nothing lies; a block of that where no tile sends this value.
 */
export const sentPlaces = (t: Tiling): Int32Array => {
  const { strides, padding } = t.g.window
  const tiled: Pair = [count(t.g.output[0], t.side[0]), count(t.g.output[1], t.side[1])]
  const phases = area(strides)
  const rows = t.g.batch * area(tiled) + 1
  const none = (rows - 1) * phases
  const axis = (n: 0 | 1): Axis => {
    const { tiles: across, pixel } = groupAxis(t, n)
    const tile = (value: number, group: number, phase: number): number =>
      ((pixel(value, group, phase) + padding[n][0] - phase) / strides[n] - value) / t.side[n]
    return { values: t.values[n], tiles: across, phases: strides[n], pixel: tile, size: tiled[n] }
  }
  const [down, across] = [axis(0), axis(1)]
  const found = places(t.g.batch, down, across)
  const perValue = found.length / area(t.values)
  return Int32Array.from(found, (tile, place) =>
    tile === rows - 1 ? none : (Math.floor(place / perValue) * rows + tile) * phases + (place % phases),
  )
}
