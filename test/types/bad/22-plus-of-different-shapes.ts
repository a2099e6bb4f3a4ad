// expect: plus adds equal shapes, not [16] and [10]
import { input, plus } from 'saddlepoint'

export default plus(
  input([16], 'a'),
  input([10], 'b'), // <--
)
