// expect: addOutputs adds equal shapes, not [16] and [10]
import { input, addOutputs } from 'saddlepoint'

export default addOutputs(
  input([16], 'a'),
  input([10], 'b'), // <--
)
