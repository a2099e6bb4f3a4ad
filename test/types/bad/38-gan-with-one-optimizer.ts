// expect: Property 'discriminator' is missing in type '{ generator: Optimizer; }'
import { gan } from 'saddlepoint'
import { discriminator, generator, rate, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  optimizers: { generator: rate }, // <--
})
