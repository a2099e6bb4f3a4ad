// expect: this is text: write losses.hinge, for instance, without quotes
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  loss: 'hinge', // <--
})
