// expect: upsample needs height x width x channels, but here it gets [64]
import { input, pipe, upsample } from 'saddlepoint'

export default pipe(
  input([64]),
  upsample(2), // <--
)
