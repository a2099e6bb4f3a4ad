// expect: the player owns network G, which this game lacks
import { game, minimise } from 'saddlepoint'
import { base, D, rate, V } from '../ring.ts'

export default game({
  ...base,
  networks: [D],
  optimizers: { generator: rate },
  players: {
    generator: minimise(V, 'G'), // <--
  },
})
