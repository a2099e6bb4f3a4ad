import { expect, test } from 'vitest'
import type { HostTensors } from '../../../src/ir/hostTensor.ts'
import { freeRun } from '../../../src/measure/comparison/freeRun.ts'
import { initialState } from '../../../src/run/initialState.ts'
import { prepareGame } from '../../../src/run/prepare.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { rightOf } from '../../data/files.ts'
import { smallRing } from '../../run/ring.ts'
import { honest, type Spoil, spoiled } from './spoiled.ts'

const { compiled, drawSource } = await rightOf(prepareGame({ ...smallRing, batch: 8 }, {}))
const initial = initialState(compiled.state, 1, createRandom())
const spent = () => performance.now() / 1000

const run = async (spoil: Spoil, steps: number) =>
  rightOf(freeRun({ backend: await spoiled(spoil), spent }, () => compiled.step, drawSource, initial, steps))

const numbers = (state: HostTensors) =>
  Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, [...values]]))

/** NaN in one step alone. */
const failingAt =
  (step: number): Spoil =>
  (b, id, { op, shape }) =>
    op === 'softplus' ? b.select(b.equal(b.step(), b.number(step)), b.full(shape, Number.NaN), id) : id

test.each([0, 1, 7, 8, 29])('a run whose costs are not finite in step %d ends before it', async (step) => {
  const { failing, state } = await run(failingAt(step), 30)
  expect(failing?.step).toBe(step)
  expect(failing?.state).toEqual(state)
  // Before the first step the reference holds the float32 numbers of the start in float64.
  expect(numbers(state)).toEqual(numbers(step === 0 ? initial : (await run(honest, step)).state))
  expect(failing?.draws).toEqual(drawSource(compiled.step, step, 1))
})

test('a run that is finite has its last state, and the time of a step', async () => {
  const { failing, state, seconds } = await run(failingAt(30), 30)
  expect(failing).toBeUndefined()
  expect(state).toEqual((await run(honest, 30)).state)
  expect(seconds).toBeGreaterThan(0)
})

test('the time of a step is the median, and a first call does not count', async () => {
  // Calls take 1000, 1, 1, 1, ... seconds; those after the first have three steps each.
  let calls = 0
  const clock = (): number => {
    const call = Math.floor(calls++ / 2)
    return 1e4 * call + (calls % 2 === 0 ? (call === 0 ? 1000 : 1) : 0)
  }
  const timed = { backend: await spoiled(honest), spent: clock }
  const { seconds } = await rightOf(freeRun(timed, () => compiled.step, drawSource, initial, 22))
  expect(seconds).toBeCloseTo(1 / 3, 9)
})
