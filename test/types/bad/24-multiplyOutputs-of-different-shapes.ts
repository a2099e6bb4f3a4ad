// expect: multiplyOutputs multiplies equal shapes, not [16] and [10]
import { input, multiplyOutputs } from 'saddlepoint'

export default multiplyOutputs(
  input([16], 'a'),
  input([10], 'b'), // <--
)
