import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, mul, square, stopGradient } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { E, grad, sum } from '../../src/dsl/terms/statistics.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, gameOf, only, played, someDraws, someState, trajectory } from './playing.ts'

const theta = network('theta', parameter([], init.constant(3)))
const minimising = (objective: Expr, over = 'theta') => ({
  goal: 'minimise' as const,
  objective: objective.term,
  over: [over],
})

/** The n-th value counts the updates that were made before it. */
const counter = slot('count', { initial: 5 }, (previous) => add(previous, 1))

test('a slot is read at its old value, and written once however often it stands', () => {
  const objective = add(mul(counter, theta()), mul(counter, square(theta())))
  const game = compiled(gameOf({ networks: { theta: theta.net }, players: { p: minimising(objective) } }))
  expect(game.state.find(({ name }) => name === 'p/count')).toEqual({
    id: { role: 'objective', player: 'p', slot: 'count' },
    name: 'p/count',
    shape: [],
    start: { type: 'value', value: 5 },
  })
  const state = { 'p/count': Float64Array.of(7), 'theta/0.parameter/value': Float64Array.of(3) }
  const { state: next, metrics } = played(game, state)
  expect(only(metrics.p)).toBe(7 * 3 + 7 * 9)
  expect(only(next['p/count'])).toBe(8)
  // The gradient too is that of the old value.
  expect(only(next['theta/0.parameter/value'])).toBeCloseTo(3 - 0.1 * (7 + 7 * 6), 12)
})

test('each update of an owner writes its slot once, and reads what the one before wrote', () => {
  const game = compiled(
    gameOf({
      networks: { theta: theta.net },
      players: { p: minimising(mul(counter, theta())) },
      dynamics: { type: 'alternating', counts: { p: 3 } },
    }),
  )
  const [, next] = trajectory(game, someState(game), 1)
  expect(only(next?.['p/count'])).toBe(8)
  const start = only(someState(game)['theta/0.parameter/value'])
  expect(only(next?.['theta/0.parameter/value'])).toBeCloseTo(start - 0.1 * (5 + 6 + 7), 12)
})

test('slots of one name of two players are two slots, each written by its own player', () => {
  const psi = network('psi', parameter([], init.zeros))
  const game = compiled(
    gameOf({
      networks: { theta: theta.net, psi: psi.net },
      players: { p: minimising(mul(counter, theta())), q: minimising(mul(counter, psi()), 'psi') },
      dynamics: { type: 'alternating', counts: { p: 1, q: 2 } },
    }),
  )
  const [, next] = trajectory(game, someState(game), 1)
  expect([only(next?.['p/count']), only(next?.['q/count'])]).toEqual([6, 7])
})

test('a slot’s update may hold the parameters, draws and other slots, all at their old values', () => {
  const noise = source('noise', normal([]))
  const inner = slot('inner', { initial: 1 }, (previous) => mul(2, previous))
  const outer = slot('outer', { initial: 0 }, (previous) => add(previous, add(mul(inner, theta()), E(sample(noise)))))
  const game = compiled(
    gameOf({
      networks: { theta: theta.net },
      sources: { noise: noise.source },
      players: { p: minimising(add(square(theta()), outer)) },
    }),
  )
  const state = {
    'theta/0.parameter/value': Float64Array.of(3),
    'p/inner': Float64Array.of(4),
    'p/outer': Float64Array.of(10),
  }
  const draws = someDraws(game.step)
  const { state: next } = played(game, state, draws)
  const mean = [...(draws['p/0/noise.x'] ?? [])].reduce((total, x) => total + x, 0) / 4
  expect(only(next['p/inner'])).toBe(8)
  expect(only(next['p/outer'])).toBeCloseTo(10 + 4 * 3 + mean, 12)
})

test('a slot within a gradient is written too', () => {
  const D = network('D', pipe(input([2]), dense(1)))
  const noise = source('noise', normal([2]))
  const x = sample(noise)
  const scale = slot('scale', { initial: 1 }, (previous) => add(mul(0.5, previous), E(D(x))))
  const slope = grad(mul(stopGradient(scale), square(D(x))), x)
  const game = compiled(
    gameOf({
      networks: { D: D.net },
      sources: { noise: noise.source },
      players: { p: minimising(E(sum(square(slope))), 'D') },
    }),
  )
  const state = someState(game)
  const draws = someDraws(game.step)
  const kernel = state['D/1.dense/kernel'] ?? []
  const bias = only(state['D/1.dense/bias'])
  const scores = [0, 1, 2, 3].map((i) =>
    [0, 1].reduce((sum, j) => sum + (draws['p/0/noise.x']?.[2 * i + j] ?? 0) * (kernel[j] ?? 0), bias),
  )
  const { state: next, metrics } = played(game, state, draws)
  expect(only(next['p/scale'])).toBeCloseTo(0.5 + scores.reduce((a, b) => a + b, 0) / 4, 12)
  const squares = scores.map((s) => (2 * s) ** 2 * ((kernel[0] ?? 0) ** 2 + (kernel[1] ?? 0) ** 2))
  expect(only(metrics.p)).toBeCloseTo(squares.reduce((a, b) => a + b, 0) / 4, 12)
})

test('an optimizer remembers for each player and parameter apart', () => {
  const shared = network('shared', parameter([2], init.zeros))
  const game = compiled(
    gameOf({
      networks: { theta: theta.net, shared: shared.net },
      players: {
        p: { goal: 'minimise', objective: add(square(theta()), sum(square(shared()))).term, over: ['theta', 'shared'] },
        q: { goal: 'minimise', objective: sum(shared()).term, over: ['shared'] },
      },
      optimizers: { p: adam({ lr: 0.1 }), q: adam({ lr: 0.2 }) },
    }),
  )
  expect(game.state.map(({ name, shape }) => `${name} [${shape}]`)).toEqual([
    'theta/0.parameter/value []',
    'shared/0.parameter/value [2]',
    'p/m/theta/0.parameter/value []',
    'p/v/theta/0.parameter/value []',
    'p/m/shared/0.parameter/value [2]',
    'p/v/shared/0.parameter/value [2]',
    'q/m/shared/0.parameter/value [2]',
    'q/v/shared/0.parameter/value [2]',
  ])
})
