// expect: gan has no field 'epochs': its fields are generator, discriminator, latent
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  epochs: 3, // <--
})
