// expect: this game has no dynamics: write dynamics: simultaneous, or alternating({ discriminator: 1, generator: 1 })
import { game } from 'saddlepoint'
import { base, players, rate } from '../ring.ts'

const { dynamics, ...others } = base
export const unused = dynamics
export default game(
  { ...others, players, optimizers: { discriminator: rate, generator: rate } }, // <--
)
