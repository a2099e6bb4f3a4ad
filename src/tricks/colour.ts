import { noise } from '../dsl/draw.ts'
import { add, mul, sub } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import { mean } from '../dsl/statistics.ts'
import { broadcast, reshape } from '../dsl/tensor.ts'
import type { Sample, View } from '../dsl/view.ts'
import { imageSizes } from './image.ts'

/** The distance from a mean, times a factor. */
const stretched = (image: Sample, middle: Sample, factor: Expr<'sample', [], never>): Sample =>
  add(mul(sub(image, middle), factor), middle)

/**
 * Another brightness (up to 0.5 more or less), saturation (0 to 2 times) and contrast (0.5 to 1.5 times) for each image, in that
 * order. Differentiable augmentation: Zhao et al. 2020, section 3 and the authors' code.
 */
export const colour =
  (): View =>
  (image, { shape, draw }) => {
    const [height, width, channels] = imageSizes(shape)
    const uniform = (name: string) => noise('uniform', [], `${draw}-${name}`)
    const bright = add(image, sub(uniform('brightness'), 0.5))
    const grey = broadcast(reshape(mean(bright, [2]), [height, width, 1]), [height, width, channels])
    const saturated = stretched(bright, grey, mul(2, uniform('saturation')))
    return stretched(saturated, mean(saturated), add(uniform('contrast'), 0.5))
  }
