import { type Sample, type Sight, type View, view } from '../dsl/objectives/view.ts'
import { reshape } from '../dsl/terms/tensor.ts'
import type { Shape } from '../ir/program.ts'

/** Height, width and channels. */
export type ImageShape = readonly [number, number, number]

interface ImageSight extends Sight {
  readonly shape: ImageShape
}

/** What is no image is shown as one that D does not take, which the check of the spec reports. */
const imageShape = ([height = 1, width = 1, channels = 1]: Shape): ImageShape => [height, width, channels]

/** A view of images alone. */
export const imageView = (make: (image: Sample, sight: ImageSight) => Sample): View =>
  view((sample, { shape, draw }) => {
    const whole = imageShape(shape)
    return make(shape.length === whole.length ? sample : reshape(sample, whole), { shape: whole, draw })
  })
