// expect: 'critic' does not exist in type
import { gan } from 'saddlepoint'
import { discriminator, generator, rate, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  optimizers: {
    generator: rate,
    discriminator: rate,
    critic: rate, // <--
  },
})
