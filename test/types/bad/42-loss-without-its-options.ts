// expect: this loss has options: call it, losses.leastSquares() for instance
import { gan, losses } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  loss: losses.leastSquares, // <--
})
