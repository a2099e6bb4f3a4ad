import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import rockPaperScissors from '../../examples/rockPaperScissors.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { softmax } from '../../src/dsl/layers/softmax.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { div, exp, mul, stopGradient } from '../../src/dsl/terms/elementwise.ts'
import { sum } from '../../src/dsl/terms/statistics.ts'
import { constant, matmul, reshape } from '../../src/dsl/terms/tensor.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import type { Values } from '../../src/ir/evaluate.ts'
import { exploitability } from '../../src/measure/exploitability.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { game } from '../../src/spec/game.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, someState, trajectory } from '../compile/playing.ts'

const pennies = [
  [1, -1],
  [-1, 1],
]
const hands = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
]
const table = { 'matching pennies': pennies, 'rock, paper, scissors': hands }

const softmaxOf = (logits: readonly number[]): readonly number[] => {
  const weights = logits.map((x) => Math.exp(x))
  const all = weights.reduce((a, b) => a + b)
  return weights.map((w) => w / all)
}

const strategiesIn = (state: Values) => ({
  row: softmaxOf([...(state['row/0.parameter/value'] ?? [])]),
  column: softmaxOf([...(state['column/0.parameter/value'] ?? [])]),
})
type Strategies = ReturnType<typeof strategiesIn>

/** The strategies after each step, from some that are no equilibrium. */
const played = (spec: GameSpec, steps: number): readonly Strategies[] => {
  const made = compiled(spec)
  return trajectory(made, someState(made, 3, 1), steps).map(strategiesIn)
}

/** The mean strategies of all steps. */
const averaged = (path: readonly Strategies[]): Strategies => {
  const mean = (of: (each: Strategies) => readonly number[]): readonly number[] =>
    (path[0] === undefined ? [] : of(path[0])).map(
      (_, i) => path.reduce((all, each) => all + (of(each)[i] ?? 0), 0) / path.length,
    )
  return { row: mean(({ row }) => row), column: mean(({ column }) => column) }
}

/** The row's expected payoff, and both players' gradient steps by the logits of their strategies. */
const ofGradients = (payoff: readonly (readonly number[])[], by: Optimizer): GameSpec => {
  const size = payoff.length
  const row = network('row', pipe(parameter([size], init.zeros), softmax))
  const column = network('column', pipe(parameter([size], init.zeros), softmax))
  const value = sum(
    mul(matmul(reshape(row(), [1, size]), constant([size, size], payoff.flat())), reshape(column(), [1, size])),
  )
  return game({
    networks: { row, column },
    sources: {},
    players: { row: maximise(value, 'row'), column: minimise(value, 'column') },
    dynamics: simultaneous,
    optimizers: { row: by, column: by },
    batch: 1,
    steps: 1,
    seed: 1,
  })
}

/**
 * Multiplicative weights (Freund and Schapire 1999): each logit rises by its pure strategy's payoff, which is the gradient
 * of logits times payoffs.
 */
const ofWeights = (payoff: readonly (readonly number[])[], by: Optimizer): GameSpec => {
  const size = payoff.length
  const [row, column] = [
    network('row', parameter([size], init.zeros)),
    network('column', parameter([size], init.zeros)),
  ]
  const [rows, columns] = [exp(row()), exp(column())]
  const matrix = constant([size, size], payoff.flat())
  const byRow = reshape(matmul(matrix, reshape(div(columns, sum(columns)), [size, 1])), [size])
  const byColumn = reshape(matmul(reshape(div(rows, sum(rows)), [1, size]), matrix), [size])
  return game({
    networks: { row, column },
    sources: {},
    players: {
      row: maximise(sum(mul(row(), stopGradient(byRow))), 'row'),
      column: minimise(sum(mul(column(), stopGradient(byColumn))), 'column'),
    },
    dynamics: simultaneous,
    optimizers: { row: by, column: by },
    batch: 1,
    steps: 1,
    seed: 1,
  })
}

const gapOf = (payoff: readonly (readonly number[])[], at: Strategies | undefined): number =>
  at === undefined ? Number.NaN : exploitability(payoff, at).exploitability

describe.each(Object.entries(table))('%s', (_, payoff) => {
  const lr = 0.1
  const uniform = 1 / payoff.length

  it('simultaneous gradient steps leave the equilibrium', () => {
    const path = played(ofGradients(payoff, sgd({ lr })), 2000)
    expect(gapOf(payoff, path.at(-1))).toBeGreaterThan(gapOf(payoff, path[0]))
  })

  it('optimistic ones reach the uniform strategies', () => {
    const end = played(ofGradients(payoff, optimistic(sgd({ lr: 1 }))), 2000).at(-1)
    for (const p of [...(end?.row ?? []), ...(end?.column ?? [])]) expect(p).toBeCloseTo(uniform, 6)
    expect(gapOf(payoff, end)).toBeLessThan(1e-6)
  })

  it('multiplicative weights leave it, and yet the mean strategies reach it, as fast as is proved', () => {
    const steps = 1000
    const path = played(ofWeights(payoff, sgd({ lr })), steps)
    expect(gapOf(payoff, path.at(-1))).toBeGreaterThan(0.5)
    // Freund and Schapire 1999: each regrets, per step, at most log n / (lr T) + lr / 2, with payoffs from -1 to 1; and what
    // the first weights, which are not equal, add to the first of these: the largest logarithm of one.
    const first = Math.max(...[...(path[0]?.row ?? []), ...(path[0]?.column ?? [])].map((p) => -Math.log(p)))
    expect(gapOf(payoff, averaged(path.slice(0, -1)))).toBeLessThan(2 * (first / (lr * steps) + lr / 2))
  })

  it('optimistic multiplicative weights reach it themselves (Daskalakis and Panageas 2019)', () => {
    const end = played(ofWeights(payoff, optimistic(sgd({ lr: 0.3 }))), 3000).at(-1)
    expect(gapOf(payoff, end)).toBeLessThan(1e-6)
  })
})

it('the example of rock, paper, scissors reaches the uniform strategies in its steps', () => {
  const end = played(rockPaperScissors, rockPaperScissors.steps).at(-1)
  expect(gapOf(hands, end)).toBeLessThan(1e-4)
})
