// expect: E averages one number per sample, but this is [2] per sample
import { interpolate } from '../../../src/dsl/draw.ts'
import { E, grad } from '../../../src/dsl/statistics.ts'
import { D, fake, x } from '../ring.ts'

const between = interpolate(x, fake)
export default E(
  grad(D(between), between), // <--
)
