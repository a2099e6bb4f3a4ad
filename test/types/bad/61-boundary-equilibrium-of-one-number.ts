// expect: the loss reads D as an autoencoder of [2], but D gives [1]: end D in the shape of a sample, or choose another loss
import { gan, losses } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  loss: losses.boundaryEquilibrium(), // <--
})
