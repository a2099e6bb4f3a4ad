/** The table of views: what `gan` takes as `views`: what D gets in place of real and generated samples alike. */

export { adaptive } from './adaptive.ts'
export { colour } from './colour.ts'
export { cutout } from './cutout.ts'
export { instanceNoise } from './instanceNoise.ts'
export { translation } from './translation.ts'
