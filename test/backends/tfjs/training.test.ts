import { expect, test } from 'vitest'
import type { Costs } from '../../../src/run/costs.ts'
import { initialState } from '../../../src/run/initialState.ts'
import { prepare } from '../../../src/run/prepare.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { createSession } from '../../../src/run/session.ts'
import { rightOf } from '../../data/files.ts'
import { smallRing } from '../../run/ring.ts'

/** What each player of the ring minimised, in chunks of ten steps. */
const costsOn = async (backend: string, steps: number): Promise<Costs> => {
  const { compiled, backend: started, drawSource } = await rightOf(prepare({ ...smallRing, steps }, { backend }))
  const state = initialState(compiled.state, smallRing.seed, createRandom())
  const session = await rightOf(createSession(compiled, started, drawSource, state, 0))
  const costs = new Map<string, number[]>()
  for (let step = 0; step < steps; step += 10)
    for (const [player, values] of Object.entries(await rightOf(session.run(10))))
      costs.set(player, [...(costs.get(player) ?? []), ...values])
  session.dispose()
  return Object.fromEntries([...costs].map(([player, values]) => [player, Float32Array.from(values)]))
}

const steps = 200
const onnx = await costsOn('onnx', steps)

/** How far two runs are apart at most, up to a step. */
const apart = (left: Costs, right: Costs, until: number): number =>
  Math.max(
    ...Object.entries(left).flatMap(([player, values]) =>
      [...values.subarray(0, until)].map((value, i) => Math.abs(value - (right[player]?.[i] ?? Number.NaN))),
    ),
  )

test.each(['tfjs-cpu', 'tfjs-wasm'])('the ring trains on %s as on onnx', async (backend) => {
  const costs = await costsOn(backend, steps)
  expect(Object.keys(costs)).toEqual(Object.keys(onnx))
  expect(apart(onnx, costs, 50)).toBeLessThan(1e-5)
  // Each goes its own way, by the rounding of every step; after so few they are still close.
  expect(apart(onnx, costs, steps)).toBeLessThan(1e-3)
})
