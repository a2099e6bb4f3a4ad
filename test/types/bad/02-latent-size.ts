// expect: the latent is [10], but the generator takes [16]
import { gan, normal } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  latent: normal([10]), // <--
})
