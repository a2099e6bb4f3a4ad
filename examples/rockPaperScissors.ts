/**
 * A matrix game: two players of rock, paper, scissors, each a mixed strategy, the softmax of three trained numbers. Plain
 * gradient steps circle away from the only equilibrium, a third of each hand; optimistic ones (Daskalakis et al. 2018) reach
 * it.
 */
import {
  game,
  init,
  maximise,
  minimise,
  mul,
  network,
  ops,
  optimistic,
  parameter,
  pipe,
  sgd,
  simultaneous,
  softmax,
  sum,
} from 'saddlepoint'

const strategy = pipe(parameter([3], init.normal(1)), softmax)
const row = network('row', strategy)
const column = network('column', strategy)

// What the row player gets: each hand against rock, paper and scissors.
const payoff = ops.constant([3, 3], [0, -1, 1, 1, 0, -1, -1, 1, 0])
const expected = sum(mul(ops.matmul(ops.reshape(row(), [1, 3]), payoff), ops.reshape(column(), [1, 3])))

const optimizer = optimistic(sgd({ lr: 1 }))

export default game({
  networks: { row, column },
  sources: {},
  players: { row: maximise(expected, 'row'), column: minimise(expected, 'column') },
  dynamics: simultaneous,
  optimizers: { row: optimizer, column: optimizer },
  batch: 1,
  steps: 1000,
  seed: 1,
})
