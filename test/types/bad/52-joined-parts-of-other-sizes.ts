// expect: concat joins shapes that are equal but for one axis, not [2] and [16, 1]
import { noise, ops } from 'saddlepoint'
import { x } from '../ring.ts'

export default ops.concat(
  [
    x,
    noise('normal', [16, 1], 'n'), // <--
  ],
  0,
)
