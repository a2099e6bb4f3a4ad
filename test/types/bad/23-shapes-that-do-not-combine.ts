// expect: the shapes differ: [2] and [16]
import { sample, sub } from 'saddlepoint'
import { latent, x } from '../ring.ts'

export default sub(
  x,
  sample(latent), // <--
)
