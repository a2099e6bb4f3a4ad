// expect: an activation is an expression of t alone, but this one uses a network or a source
import { activation, dense, input, mul, pipe, t } from 'saddlepoint'
import { D, x } from '../ring.ts'

export default pipe(
  input([4]),
  dense(1),
  activation(
    mul(t, D(x)), // <--
  ),
)
