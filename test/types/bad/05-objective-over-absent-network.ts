// expect: the objective uses network Q, which this game lacks
import { add } from '../../../src/dsl/elementwise.ts'
import { game } from '../../../src/dsl/game.ts'
import { maximise, minimise } from '../../../src/dsl/player.ts'
import { E, norm } from '../../../src/dsl/statistics.ts'
import { base, Q, rate, V, x } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(add(V, E(norm(Q(x)))), 'D'), // <--
    generator: minimise(V, 'G'),
  },
})
