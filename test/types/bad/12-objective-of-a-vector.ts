// expect: an objective is one number, but this is [2]: take its norm, sum or mean
import { E, grad, interpolate, minimise } from 'saddlepoint'
import { D, fake, x } from '../ring.ts'

const between = interpolate(x, fake)
export default minimise(
  E(grad(D(between), between)), // <--
  'D',
)
