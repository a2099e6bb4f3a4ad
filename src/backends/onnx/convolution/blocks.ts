import { area, type Geometry } from './geometry.ts'

/**
 * Divides an image into blocks whose side is the stride. The pixels at one position of all blocks are a phase. Each phase meets its own
 * taps of the filter, and all pixels of a block are reached by the same outputs.
 */

/** All phases meet equally many taps only if the stride divides the kernel size. */
export const hasPhases = ({ kernel, window }: Geometry): boolean =>
  kernel[0] % window.strides[0] === 0 && kernel[1] % window.strides[1] === 0

/** Along one axis: where the first block is, in strides, and how many there are. */
const blocksOf = ({ image, window }: Geometry, axis: 0 | 1): { readonly first: number; readonly count: number } => {
  const [before] = window.padding[axis]
  const first = Math.floor(before / window.strides[axis])
  const last = Math.floor((image[axis] - 1 + before) / window.strides[axis])
  return { first, count: last - first + 1 }
}

/** How many blocks there are, down and across. */
export const blocks = (g: Geometry): readonly [number, number] => [blocksOf(g, 0).count, blocksOf(g, 1).count]

/** How many taps a phase meets, down and across. */
export const turns = ({ kernel, window }: Geometry): readonly [number, number] => [
  kernel[0] / window.strides[0],
  kernel[1] / window.strides[1],
]

/** For each block and each of its phases' taps: the output pixel. `area(output)`, one past the last, stands for none. */
export const blockIndices = (g: Geometry): Int32Array => {
  const [down, across] = [blocksOf(g, 0), blocksOf(g, 1)]
  const [turnsDown, turnsAcross] = turns(g)
  const [height, width] = g.output
  const indices = new Int32Array(down.count * across.count * turnsDown * turnsAcross)
  let place = 0
  for (let i = 0; i < down.count; i++)
    for (let j = 0; j < across.count; j++)
      for (let turnDown = 0; turnDown < turnsDown; turnDown++)
        for (let turnAcross = 0; turnAcross < turnsAcross; turnAcross++) {
          const y = down.first + i - turnDown
          const x = across.first + j - turnAcross
          const inside = y >= 0 && y < height && x >= 0 && x < width
          indices[place++] = inside ? y * width + x : area(g.output)
        }
  return indices
}

/** For each pixel of the image: its place among the blocks' pixels, block after block. */
export const pixelIndices = (g: Geometry): Int32Array => {
  const [down, across] = [blocksOf(g, 0), blocksOf(g, 1)]
  const [strideDown, strideAcross] = g.window.strides
  const [[top], [left]] = g.window.padding
  return Int32Array.from({ length: area(g.image) }, (_, pixel) => {
    const y = Math.floor(pixel / g.image[1]) + top
    const x = (pixel % g.image[1]) + left
    const block = (Math.floor(y / strideDown) - down.first) * across.count + Math.floor(x / strideAcross) - across.first
    return (block * strideDown + (y % strideDown)) * strideAcross + (x % strideAcross)
  })
}
