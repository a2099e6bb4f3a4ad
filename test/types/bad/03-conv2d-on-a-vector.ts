// expect: conv2d needs height x width x channels, but here it gets [784]
import { conv2d, dense, flatten, input, pipe, relu } from 'saddlepoint'

export default pipe(
  input([28, 28, 1]),
  flatten,
  conv2d({ filters: 32, kernel: 4, stride: 2 }), // <--
  relu,
  flatten,
  dense(1),
)
