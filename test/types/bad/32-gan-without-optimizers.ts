// expect: this gan has no optimizers: write optimizers: { generator: adam({ lr: 1e-4 }), discriminator: adam({ lr: 1e-4 }) }
import { gan } from 'saddlepoint'
import { discriminator, generator, rest } from '../ring.ts'

const { optimizers, ...others } = rest
export const unused = optimizers
export default gan(
  { ...others, generator, discriminator }, // <--
)
