// expect: the latent is [10], but the generator takes [16]
import { gan } from '../../../src/dsl/gan.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  latent: normal([10]), // <--
})
