// expect: both have an input 'x', of different shapes: name one of them otherwise
import { concat } from '../../../src/dsl/layers/concat.ts'
import { input } from '../../../src/dsl/layers/input.ts'

export default concat(
  input([16]),
  input([10]), // <--
)
