// expect: the objective does not depend on network G, which this player owns
import { log } from '../../../src/dsl/elementwise.ts'
import { game } from '../../../src/dsl/game.ts'
import { maximise, minimise } from '../../../src/dsl/player.ts'
import { E } from '../../../src/dsl/statistics.ts'
import { base, D, rate, V, x } from '../ring.ts'

export default game({
  ...base,
  optimizers: { discriminator: rate, generator: rate },
  players: {
    discriminator: maximise(V, 'D'),
    generator: minimise(E(log(D(x))), 'G'), // <--
  },
})
