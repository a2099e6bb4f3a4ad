// expect: reshape to [7, 7, 64] needs 3136 numbers, but here it gets [3000], which is 3000
import { pipe } from '#fp-ts/function'
import { relu, tanh } from '../../../src/dsl/elementwise.ts'
import { convTranspose2d } from '../../../src/dsl/layers/convTranspose2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { reshape } from '../../../src/dsl/layers/reshape.ts'

export default pipe(
  input([100]),
  dense(3000),
  relu,
  reshape([7, 7, 64]), // <--
  convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
  tanh,
)
