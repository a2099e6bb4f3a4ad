import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import {
  adam,
  exp,
  game,
  init,
  log,
  minimise,
  mul,
  network,
  parameter,
  sgd,
  simultaneous,
  step,
} from '../../src/index.ts'
import { initialState } from '../../src/run/initialState.ts'
import { prepare } from '../../src/run/prepare.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { createSession } from '../../src/run/session.ts'
import { play } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { leftOf, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { spoil } from './numbers.ts'

const backends = ['onnx', 'reference'] as const
const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const

test.each(backends)('%s: a tensor of a step that is spoiled is named, and never saved', async (backend) => {
  const prepared = await rightOf(prepare({ ...smallRing, steps: 8 }, { backend, threads: 1 }))
  const places = fc.nat({ max: prepared.compiled.step.nodes.length - 1 })
  await fc.assert(
    fc.asyncProperty(places, fc.constantFrom(...values), async (place, value) => {
      await spoil(prepared, place, value)
    }),
    { numRuns: 8 },
  )
})

test.each(backends)('%s: a state that is not finite from the start is named before the first step', async (backend) => {
  const prepared = await rightOf(prepare({ ...smallRing, steps: 3 }, { backend, threads: 1 }))
  const state = initialState(prepared.compiled.state, 1, createRandom())
  for (const [name, { shape, values: numbers }] of Object.entries(state)) {
    const spoiled = { ...state, [name]: { shape, values: numbers.map((x, i) => (i === 0 ? Number.NaN : x)) } }
    const error = await leftOf(play(prepared, { from: { step: 2, path: 'x', state: spoiled } }))
    expect(error).toMatchObject({ type: 'Diverged', at: { step: 2, expression: `the state tensor ${name}` } })
  }
})

const w = network('w', parameter([], init.constant(1)))

/** Its cost stays finite, but the square of its gradient, which the optimizer keeps, does not. */
const hidden = (speed: number): GameSpec =>
  game({
    networks: { w },
    sources: {},
    players: { one: minimise(mul(exp(mul(speed, step)), w()), 'w') },
    dynamics: simultaneous,
    optimizers: { one: adam({ lr: 1e-3 }) },
    batch: 1,
    steps: 40,
    seed: 1,
  })

/** How fast the gradient grows for its square to leave the numbers of a backend within 40 steps. */
const speeds = { onnx: 2, reference: 10 } as const

test.each(backends)('%s: what no cost shows is named all the same, however the steps are cut', async (backend) => {
  const {
    compiled,
    backend: started,
    drawSource,
  } = await rightOf(prepare(hidden(speeds[backend]), { backend, threads: 1 }))
  const state = initialState(compiled.state, 1, createRandom())
  const errorOf = async (chunks: readonly number[]) => {
    const session = await rightOf(createSession(compiled, started, drawSource, state, 0))
    const played = async () => {
      for (const count of chunks) {
        const costs = await session.run(count)()
        if (E.isLeft(costs)) return costs.left
      }
      return leftOf(session.read())
    }
    const error = await played()
    session.dispose()
    return error
  }
  const single = await errorOf(Array.from({ length: 40 }, () => 1))
  expect(single).toMatchObject({ type: 'NotFinite', player: 'one', value: Number.POSITIVE_INFINITY })
  expect(single).toMatchObject({ expression: expect.stringContaining('adam of w') })
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 39 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const ends = [...places.sort((a, b) => a - b), 40]
      expect(await errorOf(ends.map((end, i) => end - (ends[i - 1] ?? 0)))).toEqual(single)
    }),
    { numRuns: 5 },
  )
})

test('the costs of good steps are kept, also where a later step of their chunk is not good', async () => {
  const falling: GameSpec = {
    ...hidden(2),
    players: { one: minimise(log(w()), 'w') },
    optimizers: { one: sgd({ lr: 0.1 }) },
  }
  const { compiled, backend, drawSource } = await rightOf(prepare(falling, { threads: 1 }))
  const played = async (count: number) => {
    const state = initialState(compiled.state, 1, createRandom())
    const session = await rightOf(createSession(compiled, backend, drawSource, state, 0))
    const costs: number[] = []
    for (;;) {
      const result = await session.run(count)()
      if (E.isLeft(result)) return { costs, step: session.step(), error: result.left }
      costs.push(...(result.right.one ?? []))
    }
  }
  const single = await played(1)
  expect(single.costs.length).toBe(single.step)
  expect(single.step).toBeGreaterThan(1)
  expect(single.error).toMatchObject({ step: single.step, expression: 'log w (log)' })
  expect(await played(40)).toEqual(single)
})
