import { checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Sample, View } from '../dsl/objectives/view.ts'
import { noise } from '../dsl/terms/draw.ts'
import { add, mul, sub } from '../dsl/terms/elementwise.ts'
import { mean } from '../dsl/terms/statistics.ts'
import { broadcast, reshape } from '../dsl/terms/tensor.ts'
import { type Chance, either } from './chance.ts'
import { type ImageShape, imageView } from './image.ts'

/** Each pixel's mean, in all channels. */
const grey = (image: Sample, [height, width, channels]: ImageShape): Sample =>
  broadcast(reshape(mean(image, [2]), [height, width, 1]), [height, width, channels])

/**
 * Changes each image's brightness b (by up to 0.5), then saturation s (0 to 2 times), then contrast c (0.5 to 1.5 times).
 * Differentiable augmentation: Zhao et al. 2020, section 3 and the authors' code. Saturation keeps a pixel's mean, so the result
 * is c (s image + (1 - s) grey) + (1 - c) mean + b.
 *
 * @example penalties.consistency({ weight: 10, view: views.colour() })
 */
export const colour = (options: Chance = {}): View => {
  checkCoefficients<Chance>('views.colour', options, { probability: 'optional' })
  const { probability = 1 } = options
  const made = imageView((image, { shape, draw }) => {
    const uniform = (name: string) => noise('uniform', [], `${draw}-${name}`)
    const [saturation, contrast] = [mul(2, uniform('saturation')), add(0.5, uniform('contrast'))]
    const saturated = add(mul(saturation, image), mul(sub(1, saturation), grey(image, shape)))
    const contrasted = add(mul(contrast, saturated), mul(sub(1, contrast), mean(image)))
    const changed = add(contrasted, sub(uniform('brightness'), 0.5))
    return either(options, `${draw}-colour`, changed, image)
  })
  return named('colour', { probability }, made)
}
