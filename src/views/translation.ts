import { checkNumbers } from '../codecs/argument.ts'
import { checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Uses } from '../dsl/objectives/symbols.ts'
import type { View } from '../dsl/objectives/view.ts'
import { noise } from '../dsl/terms/draw.ts'
import { equal, floor, mul, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { isInRange } from '../dsl/terms/ranges.ts'
import { constant, matmul, reshape, transpose } from '../dsl/terms/tensor.ts'
import { type Chance, type Drawn, perhaps, refused } from './chance.ts'
import { imageView } from './image.ts'

/** A whole number of pixels, uniform between -most and most. */
const pixels = (most: number, draw: string) => sub(floor(mul(2 * most + 1, noise('uniform', [], draw))), most)

/** A matrix that shifts rows by a drawn number s: row i of the product is row i + s, or 0. */
const shifts = (size: number, shift: Drawn): Expr<'sample', [number, number], Uses> => {
  const distances = Array.from({ length: size * size }, (_, at) => (at % size) - Math.floor(at / size))
  return equal(constant([size, size], distances), shift)
}

/**
 * Moves each image by up to `ratio` of its height and of its width, and fills with zeros. Differentiable augmentation: Zhao et al.
 * 2020, section 3 and the authors' code.
 *
 * @example penalties.consistency({ weight: 10, view: views.translation({ ratio: 0.125 }) })
 */
export const translation = (all: Chance & { readonly ratio?: number } = {}): View => {
  checkCoefficients<typeof all>('views.translation', all, { probability: 'optional', ratio: 'optional' })
  const { ratio = 1 / 8, ...options } = all
  checkNumbers('views.translation', { ratio })
  const made = !isInRange('ratio', ratio)
    ? refused('ratio', ratio)
    : imageView((image, { shape: [height, width, channels], draw }) => {
        const shift = (size: number, name: string) =>
          perhaps(options, `${draw}-translation`, pixels(Math.floor(size * ratio + 0.5), `${draw}-${name}`))
        const rows = reshape(image, [height, width * channels])
        const down = reshape(matmul(shifts(height, shift(height, 'down')), rows), [height, width, channels])
        const columns = reshape(transpose(down, [1, 0, 2]), [width, height * channels])
        const across = reshape(matmul(shifts(width, shift(width, 'across')), columns), [width, height, channels])
        return transpose(across, [1, 0, 2])
      })
  const { probability = 1 } = options
  return named('translation', { probability, ratio }, made)
}
