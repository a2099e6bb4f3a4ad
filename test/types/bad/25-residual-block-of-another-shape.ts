// expect: residual adds equal shapes, not [8, 8, 32] and [8, 8, 16]
import { conv2d, flow, input, pipe, relu, residual } from 'saddlepoint'

export default pipe(
  input([8, 8, 16]),
  residual(flow(relu, conv2d({ filters: 32, kernel: 3 }))), // <--
)
