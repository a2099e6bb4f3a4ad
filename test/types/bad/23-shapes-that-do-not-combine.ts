// expect: the shapes differ: [2] and [16]
import { sub } from '../../../src/dsl/elementwise.ts'
import { sample } from '../../../src/dsl/handle.ts'
import { latent, x } from '../ring.ts'

export default sub(
  x,
  sample(latent), // <--
)
