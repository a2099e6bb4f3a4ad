// expect: conv2d needs height x width x channels, but here it gets [784]
import { conv2d, input, pipe, spectralNorm } from 'saddlepoint'

export default pipe(
  input([784]),
  spectralNorm(conv2d({ filters: 32, kernel: 4, stride: 2 })), // <--
)
