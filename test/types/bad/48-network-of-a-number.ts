// expect: an expression: sub(1, D(x)) and not 1 - D(x), ops.constant([2], [0, 0]) and not 0
import { D } from '../ring.ts'

export default D(
  0, // <--
)
