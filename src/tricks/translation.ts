import { noise } from '../dsl/draw.ts'
import { equal, floor, mul, sub } from '../dsl/elementwise.ts'
import { constant, matmul, reshape, transpose } from '../dsl/tensor.ts'
import type { View } from '../dsl/view.ts'
import { imageSizes } from './image.ts'

/** A whole number of pixels between -most and most. */
const pixels = (most: number, draw: string) => sub(floor(mul(2 * most + 1, noise('uniform', [], draw))), most)

/** The matrix that shifts so many rows, drawn for each sample: row i of what it makes is row i + s, or 0. */
const shifts = (size: number, ratio: number, draw: string) => {
  const distances = Array.from({ length: size * size }, (_, at) => (at % size) - Math.floor(at / size))
  return equal(constant([size, size], distances), pixels(Math.floor(size * ratio + 0.5), draw))
}

/**
 * Each image moved by up to `ratio` of its height and of its width, with zeros where nothing was. Differentiable augmentation:
 * Zhao et al. 2020, section 3 and the authors' code.
 */
export const translation =
  ({ ratio = 1 / 8 }: { readonly ratio?: number } = {}): View =>
  (image, { shape, draw }) => {
    const [height, width, channels] = imageSizes(shape)
    const rows = reshape(image, [height, width * channels])
    const down = reshape(matmul(shifts(height, ratio, `${draw}-down`), rows), [height, width, channels])
    const columns = reshape(transpose(down, [1, 0, 2]), [width, height * channels])
    const across = reshape(matmul(shifts(width, ratio, `${draw}-across`), columns), [width, height, channels])
    return transpose(across, [1, 0, 2])
  }
