// expect: residual adds equal shapes, not [8, 8, 8] and [8, 8, 16]
import { conv2d, flow, input, pipe, relu, residual } from 'saddlepoint'

const block = residual(flow(relu, conv2d({ filters: 8, kernel: 3 })))
export default pipe(
  input([8, 8, 16]),
  relu,
  block, // <--
  relu,
)
