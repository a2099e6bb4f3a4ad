// expect: the objective does not depend on network G, which this player owns
import { E, game, log, maximise, minimise } from 'saddlepoint'
import { base, D, rate, V, x } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(V, 'D'),
    generator: minimise(E(log(D(x))), 'G'), // <--
  },
})
