// expect: game has no field 'epochs': its fields are networks, sources, players
import { game } from 'saddlepoint'
import { base, players, rate } from '../ring.ts'

export default game({
  ...base,
  players,
  optimizers: { discriminator: rate, generator: rate },
  epochs: 3, // <--
})
