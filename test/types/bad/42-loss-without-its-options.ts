// expect: a loss: write losses.hinge, without quotes, or losses.leastSquares(), with its options
import { gan, losses } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  loss: losses.leastSquares, // <--
})
