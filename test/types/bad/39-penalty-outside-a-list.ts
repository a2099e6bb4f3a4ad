// expect: a list of penalties: write penalties: [penalties.r1({ weight: 10 })]
import { gan, penalties } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  penalties: penalties.r1({ weight: 10 }), // <--
})
