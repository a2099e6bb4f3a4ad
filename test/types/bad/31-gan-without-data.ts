// expect: this gan has no data: write data: npy({ path, shape }), or another source of what the generator makes
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { data, ...others } = rest
export const unused = data
export default gan(
  { ...others, generator, discriminator }, // <--
)
