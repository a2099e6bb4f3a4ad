// expect: the dynamics name the player critic, which this game lacks
import { alternating, game } from 'saddlepoint'
import { base, players, rate } from '../ring.ts'

export default game({
  ...base,
  players,
  optimizers: { discriminator: rate, generator: rate },
  dynamics: alternating({ critic: 5, generator: 1 }), // <--
})
