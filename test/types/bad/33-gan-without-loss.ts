// expect: this gan has no loss: write loss: losses.nonSaturating, or another loss
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { loss, ...others } = rest
export const unused = loss
export default gan(
  { ...others, generator, discriminator }, // <--
)
