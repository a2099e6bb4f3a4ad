// expect: an expression: sub(1, D(x)) and not 1 - D(x)
import { E } from 'saddlepoint'

export default E(
  0, // <--
)
