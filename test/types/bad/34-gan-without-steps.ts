// expect: this gan has no steps: write steps: 10000
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { steps, ...others } = rest
export const unused = steps
export default gan(
  { ...others, generator, discriminator }, // <--
)
