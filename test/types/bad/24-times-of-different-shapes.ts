// expect: times multiplies equal shapes, not [16] and [10]
import { input, times } from 'saddlepoint'

export default times(
  input([16], 'a'),
  input([10], 'b'), // <--
)
