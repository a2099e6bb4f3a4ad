// expect: concat joins channels, the other sizes must agree: [28, 28, 1] and [14, 14, 1]
import { concat, input } from 'saddlepoint'

export default concat(
  input([28, 28, 1], 'a'),
  input([14, 14, 1], 'b'), // <--
)
