import { turns } from './blocks.ts'
import { area, type Geometry } from './geometry.ts'

/** Where the values lie that minimal filtering works on: tiles of two by two outputs, and the blocks of pixels they see. */

/** Outputs are made in tiles of two by two: how many there are, down and across. */
export const tiles = ({ output }: Geometry): readonly [number, number] => [
  Math.ceil(output[0] / 2),
  Math.ceil(output[1] / 2),
]

interface Span {
  /** How many steps there are, and how many units each goes on. */
  readonly count: number
  readonly stride: number
}

/** The places `start + i stride` for each i below the count. */
const places = (start: number, { count, stride }: Span): readonly number[] =>
  Array.from({ length: count }, (_, i) => start + i * stride)

const inside = (place: number, size: number): boolean => place >= 0 && place < size

/** Every pair of a row and a column, row by row, as a place in an area; one past its last where the pair is outside. */
const pairs = (rows: readonly number[], columns: readonly number[], [height, width]: readonly [number, number]) =>
  rows.flatMap((y) => columns.map((x) => (inside(y, height) && inside(x, width) ? y * width + x : height * width)))

/** For each tile: the block of the image `[down, across]` blocks from the tile's first, pixel by pixel. */
export const imageIndices = (g: Geometry, [down, across]: readonly [number, number]): Int32Array => {
  const [strideDown, strideAcross] = g.window.strides
  const [[top], [left]] = g.window.padding
  const [tall, wide] = tiles(g)
  const indices = places(down, { count: tall, stride: 2 }).flatMap((row) =>
    places(across, { count: wide, stride: 2 }).flatMap((column) =>
      pairs(
        places(row * strideDown - top, { count: strideDown, stride: 1 }),
        places(column * strideAcross - left, { count: strideAcross, stride: 1 }),
        g.image,
      ),
    ),
  )
  return Int32Array.from(indices)
}

/** For each tile: its output `[down, across]`. */
export const outputIndices = (g: Geometry, [down, across]: readonly [number, number]): Int32Array => {
  const [tall, wide] = tiles(g)
  return Int32Array.from(
    pairs(places(down, { count: tall, stride: 2 }), places(across, { count: wide, stride: 2 }), g.output),
  )
}

/** For each output: its place among those that the tiles make, the four corners of all tiles one after the other. */
export const outputPlaces = (g: Geometry): Int32Array => {
  const [tall, wide] = tiles(g)
  return Int32Array.from({ length: area(g.output) }, (_, place) => {
    const [y, x] = [Math.floor(place / g.output[1]), place % g.output[1]]
    const corner = (y % 2) * 2 + (x % 2)
    return (corner * tall + Math.floor(y / 2)) * wide + Math.floor(x / 2)
  })
}

/** For the tap of each turn and each phase, in that order: its place in the filter. */
export const tapIndices = (g: Geometry, [down, across]: readonly [number, number]): Int32Array => {
  const [strideDown, strideAcross] = g.window.strides
  return Int32Array.from(
    pairs(
      places(down * strideDown, { count: strideDown, stride: 1 }),
      places(across * strideAcross, { count: strideAcross, stride: 1 }),
      g.kernel,
    ),
  )
}

/** For each tap of the filter: its place when taps lie turn after turn, and within one phase after phase. */
export const tapPlaces = (g: Geometry): Int32Array => {
  const [strideDown, strideAcross] = g.window.strides
  const [, turnsAcross] = turns(g)
  return Int32Array.from({ length: area(g.kernel) }, (_, tap) => {
    const [y, x] = [Math.floor(tap / g.kernel[1]), tap % g.kernel[1]]
    const turn = Math.floor(y / strideDown) * turnsAcross + Math.floor(x / strideAcross)
    return (turn * strideDown + (y % strideDown)) * strideAcross + (x % strideAcross)
  })
}

interface Source {
  /** Which of a tile's blocks, which tile, which phase; a tile outside is none. */
  readonly block: number
  readonly tile: number
  readonly phase: number
}

/** Along one axis, the (at most two) tiles whose blocks hold a pixel. */
const sources = (g: Geometry, axis: 0 | 1, pixel: number): readonly Source[] => {
  const place = pixel + g.window.padding[axis][0]
  const stride = g.window.strides[axis]
  const row = Math.floor(place / stride)
  return [row % 2, (row % 2) + 2].map((block) => ({ block, tile: (row - block) / 2, phase: place % stride }))
}

/**
 * Each pixel of the image is a sum over the tiles that reach its block: first for every pixel the first of them, and so on.
 * Places are those of pixels in all tiles' blocks, kind of block after kind of block; one past the last stands for none.
 */
export const contributions = (g: Geometry): Int32Array => {
  const [tall, wide] = tiles(g)
  const [turnsDown, turnsAcross] = turns(g)
  const [strideDown, strideAcross] = g.window.strides
  const none = (turnsDown + 1) * (turnsAcross + 1) * tall * wide * strideDown * strideAcross
  const place = (down: Source, across: Source): number => {
    const reached = down.block <= turnsDown && across.block <= turnsAcross
    if (!reached || !inside(down.tile, tall) || !inside(across.tile, wide)) return none
    const tile = ((down.block * (turnsAcross + 1) + across.block) * tall + down.tile) * wide + across.tile
    return (tile * strideDown + down.phase) * strideAcross + across.phase
  }
  const rows = Array.from({ length: g.image[0] }, (_, y) => sources(g, 0, y))
  const columns = Array.from({ length: g.image[1] }, (_, x) => sources(g, 1, x))
  const turn = (down: 0 | 1, across: 0 | 1): readonly number[] =>
    rows.flatMap((row) =>
      columns.map((column) => {
        const [source, other] = [row[down], column[across]]
        return source === undefined || other === undefined ? none : place(source, other)
      }),
    )
  return Int32Array.from([...turn(0, 0), ...turn(0, 1), ...turn(1, 0), ...turn(1, 1)])
}
