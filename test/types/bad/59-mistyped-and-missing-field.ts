// expect: gan has no field 'dataset': its fields are generator, discriminator, latent, data
import { gan, ring } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { data, ...others } = rest
export const unused = data
export default gan(
  { ...others, generator, discriminator, dataset: ring({ modes: 8, radius: 2, std: 0.02 }) }, // <--
)
