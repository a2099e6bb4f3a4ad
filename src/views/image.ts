import { type Sample, type View, type ViewContext, view } from '../dsl/objectives/view.ts'
import { reshape } from '../dsl/terms/tensor.ts'
import type { Shape } from '../ir/program.ts'

/** Height, width and channels. */
export type ImageShape = readonly [number, number, number]

interface ImageContext extends ViewContext {
  readonly shape: ImageShape
}

/** The shape as that of an image. If it is not, the check of the spec reports that D does not take such an image. */
const imageShape = ([height = 1, width = 1, channels = 1]: Shape): ImageShape => [height, width, channels]

/** Makes a view that applies only to images. */
export const imageView = (make: (image: Sample, context: ImageContext) => Sample): View =>
  view((sample, { shape, draw }) => {
    const whole = imageShape(shape)
    return make(shape.length === whole.length ? sample : reshape(sample, whole), { shape: whole, draw })
  })
