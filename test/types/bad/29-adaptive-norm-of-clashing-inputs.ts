// expect: both have an input 'x', of different shapes
import { adaptiveInstanceNorm, input } from 'saddlepoint'

export default adaptiveInstanceNorm(
  input([8, 8, 16]),
  input([32]), // <--
)
