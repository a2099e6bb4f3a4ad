import { adaptive } from './adaptive.ts'
import { colour } from './colour.ts'
import { cutout } from './cutout.ts'
import { instanceNoise } from './instanceNoise.ts'
import { translation } from './translation.ts'

/** What `gan` takes as what D `sees`, in place of real and generated samples alike. */
export const views = { instanceNoise, colour, translation, cutout, adaptive }
