import { checkOptions, checkSizes } from '../../codecs/argument.ts'
import type { GanShapes, ShapedPenalty } from './symbols.ts'

/** Makes a penalty that depends on the shapes of the GAN, and checks them. `called` is the penalty's constructor. */
export const shaped =
  (called: string, make: ShapedPenalty): ShapedPenalty =>
  (shapes) => {
    checkOptions<GanShapes>(called, shapes, { sample: 'required', latent: 'required' }, `${called}({ weight: 1 })({})`)
    checkSizes(called, shapes.sample, `${called}({ weight: 1 })({ sample: [], latent: [8] })`)
    checkSizes(called, shapes.latent, `${called}({ weight: 1 })({ sample: [2], latent: [] })`)
    return make(shapes)
  }
