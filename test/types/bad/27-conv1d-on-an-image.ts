// expect: conv1d needs length x channels, but here it gets [28, 28, 1]
import { conv1d, dense, flatten, input, pipe, relu } from 'saddlepoint'

export default pipe(
  input([28, 28, 1]),
  conv1d({ filters: 32, kernel: 4, stride: 2 }), // <--
  relu,
  flatten,
  dense(1),
)
