import { checkNumbers } from '../codecs/argument.ts'
import { checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { View } from '../dsl/objectives/view.ts'
import { noise } from '../dsl/terms/draw.ts'
import { abs, floor, greater, mul, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { isInRange } from '../dsl/terms/ranges.ts'
import { broadcast, constant, reshape } from '../dsl/terms/tensor.ts'
import type { Shape } from '../ir/program.ts'
import { type Chance, perhaps, refused } from './chance.ts'
import { imageView } from './image.ts'

/** 1 inside a span around a position that is drawn for each sample, 0 outside. `shape` has `size` numbers. */
const span = (size: number, ratio: number, draw: string, shape: Shape): Expr<'sample', Shape, never> => {
  const length = Math.floor(size * ratio + 0.5)
  const places = size + 1 - (length % 2)
  const middle = sub(floor(mul(places, noise('uniform', [], draw))), Math.floor(length / 2) - (length - 1) / 2)
  const at = constant(
    [size],
    Array.from({ length: size }, (_, i) => i),
  )
  return reshape(greater(length / 2, abs(sub(at, middle))), shape)
}

/**
 * Sets a rectangle of each image to zero, `ratio` of its height and width, around a random pixel. Differentiable augmentation:
 * Zhao et al. 2020, section 3 and the authors' code.
 *
 * @example penalties.consistency({ weight: 10, view: views.cutout({ ratio: 0.5 }) })
 */
export const cutout = (all: Chance & { readonly ratio?: number } = {}): View => {
  checkCoefficients<typeof all>('views.cutout', all, { probability: 'optional', ratio: 'optional' })
  const { ratio = 1 / 2, ...options } = all
  checkNumbers('views.cutout', { ratio })
  const made = !isInRange('ratio', ratio)
    ? refused('ratio', ratio)
    : imageView((image, { shape: whole, draw }) => {
        const [height, width] = whole
        const rows = broadcast(span(height, ratio, `${draw}-top`, [height, 1, 1]), whole)
        const columns = broadcast(span(width, ratio, `${draw}-left`, [1, width, 1]), whole)
        return mul(image, sub(1, perhaps(options, `${draw}-cutout`, mul(rows, columns))))
      })
  const { probability = 1 } = options
  return named('cutout', { probability, ratio }, made)
}
