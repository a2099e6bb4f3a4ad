// expect: the objective uses network Q, which this game lacks
import { add, E, game, maximise, minimise, norm } from 'saddlepoint'
import { base, Q, rate, V, x } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(add(V, E(norm(Q(x)))), 'D'), // <--
    generator: minimise(V, 'G'),
  },
})
