import { noise } from '../dsl/draw.ts'
import { add, floor, greater, mul, sub } from '../dsl/elementwise.ts'
import { broadcast, constant, reshape } from '../dsl/tensor.ts'
import type { View } from '../dsl/view.ts'
import type { Shape } from '../ir/program.ts'
import { imageSizes } from './image.ts'

/** 1 within a span of a size, drawn for each sample around any place, and 0 elsewhere; in a shape of as many numbers. */
const span = (size: number, ratio: number, draw: string, shape: Shape) => {
  const length = Math.floor(size * ratio + 0.5)
  const places = size + 1 - (length % 2)
  const start = sub(floor(mul(places, noise('uniform', [], draw))), Math.floor(length / 2))
  const at = constant(
    [size],
    Array.from({ length: size }, (_, i) => i),
  )
  const within = mul(greater(at, sub(start, 0.5)), greater(add(start, length - 0.5), at))
  return reshape(within, shape)
}

/**
 * Each image with a rectangle of zeros, `ratio` of its height and width, around any of its pixels. Differentiable augmentation:
 * Zhao et al. 2020, section 3 and the authors' code.
 */
export const cutout =
  ({ ratio = 1 / 2 }: { readonly ratio?: number } = {}): View =>
  (image, { shape, draw }) => {
    const [height, width, channels] = imageSizes(shape)
    const whole = [height, width, channels] as const
    const rows = broadcast(span(height, ratio, `${draw}-top`, [height, 1, 1]), whole)
    const columns = broadcast(span(width, ratio, `${draw}-left`, [1, width, 1]), whole)
    return mul(image, sub(1, mul(rows, columns)))
  }
