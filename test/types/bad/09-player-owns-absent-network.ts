// expect: the player owns network Q, which this game lacks
import { game } from '../../../src/dsl/game.ts'
import { maximise, minimise } from '../../../src/dsl/player.ts'
import { base, rate, V } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(V, 'D', 'Q'), // <--
    generator: minimise(V, 'G'),
  },
})
