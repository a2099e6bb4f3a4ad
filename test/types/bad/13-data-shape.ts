// expect: the data are [64, 64, 3], but the generator makes [2]
import { gan } from '../../../src/dsl/gan.ts'
import { npy } from '../../../src/dsl/sources/npy.ts'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  data: npy({ path: 'faces.npy', shape: [64, 64, 3] }), // <--
})
