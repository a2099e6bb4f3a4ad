// expect: D takes [2], but this is [16]
import { E, sample } from 'saddlepoint'
import { D, latent } from '../ring.ts'

export default E(
  D(
    sample(latent), // <--
  ),
)
