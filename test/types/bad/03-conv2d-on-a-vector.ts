// expect: conv2d needs height x width x channels, but here it gets [784]
import { pipe } from '#fp-ts/function'
import { relu } from '../../../src/dsl/elementwise.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'

export default pipe(
  input([28, 28, 1]),
  flatten,
  conv2d({ filters: 32, kernel: 4, stride: 2 }), // <--
  relu,
  flatten,
  dense(1),
)
