// expect: an expression: sub(1, D(x)) and not 1 - D(x)
import { E } from 'saddlepoint'
import { D, x } from '../ring.ts'

export default E(
  -D(x), // <--
)
