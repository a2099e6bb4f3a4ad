import { expect, test } from 'vitest'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { mul } from '../../src/dsl/terms/elementwise.ts'
import { evaluate, type Values } from '../../src/ir/evaluate.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { adam } from '../../src/optimizers/adam.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network } from '../../src/spec/handle.ts'
import { compiled, gameOf, only } from '../compile/playing.ts'

const w = network('w', parameter([], init.zeros))
const weight = 'w/0.parameter/value'

/** One parameter that is pushed by a gradient of 1 at every step. */
const pushed = (optimizer: Optimizer) =>
  compiled(
    gameOf({
      networks: { w: w.net },
      players: { p: minimise(mul(1, w()), 'w') },
      optimizers: { p: optimizer },
      steps: 2 ** 26,
    }),
  )

/** The state after some steps from the step `first` on, rounded to float32 after every operation unless it is wide. */
const playedFrom = (game: ReturnType<typeof pushed>, first: number, count: number, start: Values, wide = false) => {
  let state = start
  for (let step = first; step < first + count; step++) {
    const feed = { state, draws: {}, step: wide ? step : Math.fround(step) }
    state = evaluate(game.step, feed, (_, value) => {
      if (!wide) value.set(Float32Array.from(value))
    }).state
  }
  return state
}

const startOf = ({ state }: ReturnType<typeof pushed>): Values =>
  Object.fromEntries(state.map(({ name }) => [name, Float64Array.of(0)]))

test.each([0, 2 ** 23 - 4, 2 ** 23 + 4, 2 ** 24 - 4, 2 ** 24 + 4, 2 ** 25 + 4])(
  'accumulate moves at every fourth update from update %i on',
  (first) => {
    const game = pushed(accumulate({ every: 4 }, sgd({ lr: 1 })))
    expect(only(playedFrom(game, first, 40, startOf(game))[weight])).toBe(-10)
  },
)

test.each([0, 2 ** 23 + 4, 2 ** 24 + 4, 2 ** 25 + 4])(
  'adam within accumulate, whose moves correct its bias, is the same in float32 from update %i on',
  (first) => {
    const game = pushed(accumulate({ every: 4 }, adam({ lr: 0.01, beta2: 0.9999999 })))
    const [narrow, wide] = [false, true].map((isWide) => playedFrom(game, first, 40, startOf(game), isWide)[weight])
    expect(only(narrow) / only(wide)).toBeCloseTo(1, 5)
  },
)

test.each([0, 1e6, 2 ** 24 + 1, 2 ** 26 - 8])(
  'the bias of adam is corrected in float32 as in float64 at update %i',
  (first) => {
    const game = pushed(adam({ lr: 0.01, beta1: 0.9, beta2: 0.99999999 }))
    const [narrow, wide] = [false, true].map((isWide) => playedFrom(game, first, 8, startOf(game), isWide)[weight])
    expect(only(narrow) / only(wide)).toBeCloseTo(1, 5)
  },
)
