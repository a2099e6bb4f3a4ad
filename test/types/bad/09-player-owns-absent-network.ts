// expect: the player owns network Q, which this game lacks
import { game, maximise, minimise } from 'saddlepoint'
import { base, rate, V } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(V, 'D', 'Q'), // <--
    generator: minimise(V, 'G'),
  },
})
