import { checkOptions, checkSizes } from '../../codecs/argument.ts'
import type { GanShapes, ShapedPenalty } from './symbols.ts'

/** A penalty that is made of a gan's shapes. Anything else is an `ArgumentError`; `called` is the function that makes it. */
export const shaped =
  (called: string, make: ShapedPenalty): ShapedPenalty =>
  (shapes) => {
    checkOptions<GanShapes>(called, shapes, { sample: 'required', latent: 'required' }, `${called}({ weight: 1 })({})`)
    checkSizes(called, shapes.sample, `${called}({ weight: 1 })({ sample: [], latent: [8] })`)
    checkSizes(called, shapes.latent, `${called}({ weight: 1 })({ sample: [2], latent: [] })`)
    return make(shapes)
  }
