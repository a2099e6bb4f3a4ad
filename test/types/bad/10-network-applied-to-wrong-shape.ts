// expect: D takes [2], but this is [16]
import { sample } from '../../../src/dsl/handle.ts'
import { E } from '../../../src/dsl/statistics.ts'
import { D, latent } from '../ring.ts'

export default E(
  D(
    sample(latent), // <--
  ),
)
