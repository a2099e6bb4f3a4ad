// expect: plus adds equal shapes, not [16] and [10]
import { plus } from '../../../src/dsl/layers/add.ts'
import { input } from '../../../src/dsl/layers/input.ts'

export default plus(
  input([16], 'a'),
  input([10], 'b'), // <--
)
