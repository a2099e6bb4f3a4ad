// expect: this gan has no latent: write latent: normal([16]), of the size that the generator takes
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { latent, ...others } = rest
export const unused = latent
export default gan(
  { ...others, generator, discriminator }, // <--
)
