// expect: reshape to [7, 7, 64] needs 3136 numbers, but here it gets [3000], which is 3000
import { convTranspose2d, dense, input, pipe, relu, reshape, tanh } from 'saddlepoint'

export default pipe(
  input([100]),
  dense(3000),
  relu,
  reshape([7, 7, 64]), // <--
  convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
  tanh,
)
