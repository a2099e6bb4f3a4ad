// expect: the dynamics name the player critic, which this game lacks
import { game } from '../../../src/dsl/game.ts'
import { alternating } from '../../../src/dsl/player.ts'
import { base, players, rate } from '../ring.ts'

export default game({
  ...base,
  players,
  optimizers: { discriminator: rate, generator: rate },
  dynamics: alternating({ critic: 5, generator: 1 }), // <--
})
