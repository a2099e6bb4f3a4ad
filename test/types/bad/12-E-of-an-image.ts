// expect: E averages one number per sample, but this is [2] per sample
import { E, grad, interpolate } from 'saddlepoint'
import { D, fake, x } from '../ring.ts'

const between = interpolate(x, fake)
export default E(
  grad(D(between), between), // <--
)
