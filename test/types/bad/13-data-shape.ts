// expect: the data are [64, 64, 3], but the generator makes [2]
import { gan, npy } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

export default gan({
  ...rest,
  generator,
  discriminator,
  data: npy({ path: 'faces.npy', shape: [64, 64, 3] }), // <--
})
