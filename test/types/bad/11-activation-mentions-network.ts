// expect: an activation is an expression of t alone, but this one uses a network or a source
import { pipe } from '#fp-ts/function'
import { mul } from '../../../src/dsl/elementwise.ts'
import { activation } from '../../../src/dsl/layers/activation.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { t } from '../../../src/dsl/variables.ts'
import { D, x } from '../ring.ts'

export default pipe(
  input([4]),
  dense(1),
  activation(
    mul(t, D(x)), // <--
  ),
)
