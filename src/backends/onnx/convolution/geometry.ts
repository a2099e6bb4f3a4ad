import type { Shape, Window } from '../../../ir/program.ts'

/** One convolution of images `[b, h, w, c]` with a filter `[kh, kw, c, f]` to outputs `[b, oh, ow, f]`. */
export interface Geometry {
  readonly batch: number
  readonly image: Pair
  readonly channels: number
  readonly kernel: Pair
  readonly output: Pair
  readonly features: number
  readonly window: Window
}
type Pair = readonly [number, number]

const four = (shape: Shape): readonly [number, number, number, number] => {
  const [a, b, c, d] = shape
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('a shape of four sizes')
  return [a, b, c, d]
}

export const geometry = (window: Window, imageShape: Shape, filterShape: Shape, outputShape: Shape): Geometry => {
  const [batch, h, w, channels] = four(imageShape)
  const [kh, kw] = four(filterShape)
  const [, oh, ow, features] = four(outputShape)
  return { batch, image: [h, w], channels, kernel: [kh, kw], output: [oh, ow], features, window }
}

export const imageShape = ({ batch, image, channels }: Geometry): Shape => [batch, ...image, channels]

export const outputShape = ({ batch, output, features }: Geometry): Shape => [batch, ...output, features]

/** The bytes of a filter. */
export const filterBytes = ({ kernel, channels, features }: Geometry): number => 4 * area(kernel) * channels * features

export const area = ([height, width]: Pair): number => height * width

/** A cache key of everything that the indices below depend on. */
export const geometryKey = ({ image, kernel, output, window }: Geometry): string =>
  `${image} ${kernel} ${output} ${window.strides} ${window.padding}`

/**
 * For each output pixel and each tap of the filter, in that order, the pixel of the image that it reads.
 * `area(image)`, one past the last, stands for the padding.
 */
export const columnIndices = ({ image, kernel, output, window }: Geometry): Int32Array => {
  const [height, width] = image
  const [[top], [left]] = window.padding
  const indices = new Int32Array(area(output) * area(kernel))
  let place = 0
  for (let oy = 0; oy < output[0]; oy++)
    for (let ox = 0; ox < output[1]; ox++)
      for (let ky = 0; ky < kernel[0]; ky++)
        for (let kx = 0; kx < kernel[1]; kx++) {
          const y = oy * window.strides[0] + ky - top
          const x = ox * window.strides[1] + kx - left
          const inside = y >= 0 && y < height && x >= 0 && x < width
          indices[place++] = inside ? y * width + x : area(image)
        }
  return indices
}

/** The most taps of the filter that reach one pixel of the image, down and across. */
export const reach = ({ kernel, window }: Geometry): Pair => [
  Math.ceil(kernel[0] / window.strides[0]),
  Math.ceil(kernel[1] / window.strides[1]),
]

/**
 * For each time that a tap can reach a pixel, and for each pixel of the image: the pair (output pixel, tap) through which
 * it does, as a place in the order of `columnIndices`. One past the last pair stands for none.
 */
export const contributorIndices = (g: Geometry): Int32Array => {
  const { image, kernel, output, window } = g
  const [[top], [left]] = window.padding
  const [down, across] = window.strides
  const [turnsDown, turnsAcross] = reach(g)
  const indices = new Int32Array(turnsDown * turnsAcross * area(image))
  let place = 0
  for (let turnDown = 0; turnDown < turnsDown; turnDown++)
    for (let turnAcross = 0; turnAcross < turnsAcross; turnAcross++)
      for (let y = 0; y < image[0]; y++)
        for (let x = 0; x < image[1]; x++) {
          const ky = ((y + top) % down) + turnDown * down
          const kx = ((x + left) % across) + turnAcross * across
          const oy = (y + top - ky) / down
          const ox = (x + left - kx) / across
          const inside = ky < kernel[0] && kx < kernel[1] && oy >= 0 && oy < output[0] && ox >= 0 && ox < output[1]
          const pixel = inside ? oy * output[1] + ox : area(output)
          indices[place++] = pixel * area(kernel) + (inside ? ky * kernel[1] + kx : 0)
        }
  return indices
}
