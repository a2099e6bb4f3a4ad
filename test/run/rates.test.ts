import { expect, test } from 'vitest'
import { add, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { exponential, linear } from '../../src/dsl/terms/schedules.ts'
import { progress } from '../../src/dsl/terms/variables.ts'
import { showError } from '../../src/errors/failure.ts'
import { type RateOption, toRate } from '../../src/optimizers/rate.ts'
import { train } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { leftOf, rightOf } from '../data/files.ts'
import { smallRing } from './ring.ts'

const withRate = (lr: RateOption, steps = 40): GameSpec => ({
  ...smallRing,
  steps,
  optimizers: { ...smallRing.optimizers, generator: { type: 'sgd', lr: toRate(lr) } },
})

/** 1 at first, and a quarter less at every update: -0.25 at the sixth. */
const sinking = slot('k', { initial: 1, shape: [] }, (k) => sub(k, 0.25))

test.each(['reference', 'onnx'])(
  'a rate that depends on state ends the run at the step where it leaves its range, on %s',
  async (backend) => {
    const error = await leftOf(train(withRate(mul(0.01, sinking)), { backend }))
    expect(error).toMatchObject({
      type: 'Diverged',
      at: { step: 5, player: 'generator', value: expect.closeTo(-0.0025, 8) },
    })
    expect(showError(error)).toMatch(
      /^step 5, update of generator: a learning rate of at least 0 \(0\.01 · k, k ← .*\) became -0\.002(5|49)/,
    )
  },
)

test('a rate that depends on state and stays in its range changes nothing', async () => {
  const still = slot('k', { initial: 0.01, shape: [] }, (k) => add(k, 0))
  const [one, other] = [await rightOf(train(withRate(still))), await rightOf(train(withRate(0.01)))]
  for (const [name, { values }] of Object.entries(other.state)) expect(one.state[name]?.values).toEqual(values)
})

test.each(['reference', 'onnx', 'tfjs-wasm'])(
  'progress is the step over the number of steps, on %s',
  async (backend) => {
    // The slot adds progress up: 0, 1/4, 2/4 and 3/4.
    const sum = slot('sum', { initial: 0 }, (before) => add(before, progress))
    const objective = add({ term: smallRing.players.generator?.objective ?? progress.term }, mul(0, sum))
    const generator = { goal: 'minimise', over: ['G'], objective: objective.term } as const
    const { state } = await rightOf(
      train({ ...smallRing, steps: 4, players: { ...smallRing.players, generator } }, { backend }),
    )
    expect(state['generator/sum']?.values[0]).toBeCloseTo(1.5, 6)
  },
)

test('a game of progress trains alike on onnx and in float64', async () => {
  const game = withRate(exponential({ from: 0.01, to: 0.0001 }))
  const [narrow, wide] = [await rightOf(train(game)), await rightOf(train(game, { backend: 'reference' }))]
  for (const [name, { values }] of Object.entries(wide.state))
    for (const [i, x] of values.entries()) expect(narrow.state[name]?.values[i]).toBeCloseTo(x, 3)
})

test('a spec of a rate that turns is refused before a step is played', async () => {
  const error = await leftOf(train(withRate(linear({ from: 1, to: -1 }))))
  expect(error).toMatchObject({ type: 'InvalidSpec' })
  expect(showError(error)).toContain('at step 21 of 40')
})
