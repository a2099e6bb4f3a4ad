// expect: this is the one named 'D': write it under that key
import { game } from 'saddlepoint'
import { base, D, G, players, rate } from '../ring.ts'

export default game({
  ...base,
  players,
  optimizers: { discriminator: rate, generator: rate },
  networks: { G, D, critic: D }, // <--
})
