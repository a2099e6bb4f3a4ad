// expect: 'critic' does not exist in type
import { game } from 'saddlepoint'
import { base, players, rate } from '../ring.ts'

export default game({
  ...base,
  players,
  optimizers: {
    discriminator: rate,
    generator: rate,
    critic: rate, // <--
  },
})
