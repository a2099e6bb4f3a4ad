import { expect, test } from 'vitest'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { evaluate, type Values } from '../../src/ir/evaluate.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { uniformAverage } from '../../src/spec/average.ts'
import { network } from '../../src/spec/handle.ts'
import { compiled, gameOf, only } from './playing.ts'

const w = network('w', parameter([], init.zeros))
const weight = 'w/0.parameter/value'

/** One parameter that falls by 5e-7 at every step, and the mean of all that it was. */
const game = compiled(
  gameOf({
    networks: { w: w.net },
    players: { p: { goal: 'minimise', objective: w().term, over: ['w'] } },
    optimizers: { p: sgd({ lr: 5e-7 }) },
    averages: { w: uniformAverage() },
    steps: 2 ** 26,
  }),
)

/** A step rounded to float32 after every operation. */
const rounded = (state: Values, step: number): Values =>
  evaluate(game.step, { state, draws: {}, step: Math.fround(step) }, (_, value) => value.set(Float32Array.from(value)))
    .state

const stateOf = (value: number, average: number): Values => ({
  [weight]: Float64Array.of(value),
  [`average/${weight}`]: Float64Array.of(average),
  [`rest/${weight}`]: Float64Array.of(0),
})

test('in float32 a uniform average does not stand still after many steps', () => {
  let [state, sum] = [stateOf(1, 1), 0]
  const steps = 40_000
  for (let step = 0; step < steps; step++) {
    state = rounded(state, step)
    sum += only(state[weight])
  }
  expect(Math.abs(only(state[`average/${weight}`]) / (sum / steps) - 1)).toBeLessThan(2e-7)
})

test.each([1, 1e6, 2 ** 24 + 1, 2 ** 26 - 1])('in float32 a uniform average weighs step %i by its number', (step) => {
  const average = only(rounded(stateOf(-1e6, 0), step)[`average/${weight}`])
  expect(average / (-1e6 / (step + 1))).toBeCloseTo(1, 5)
})
