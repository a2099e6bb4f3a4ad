// expect: this game has no sources: write sources: { data, latent }
import { game } from 'saddlepoint'
import { base, players, rate } from '../ring.ts'

const { sources, ...others } = base
export const unused = sources
export default game(
  { ...others, players, optimizers: { discriminator: rate, generator: rate } }, // <--
)
