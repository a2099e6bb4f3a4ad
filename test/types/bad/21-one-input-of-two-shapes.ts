// expect: both have an input 'x', of different shapes: name one of them otherwise
import { concat, input } from 'saddlepoint'

export default concat(
  input([16]),
  input([10]), // <--
)
