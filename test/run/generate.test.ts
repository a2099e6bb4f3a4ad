import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { showError, type TrainError } from '../../src/errors/failure.ts'
import { generate as generateSoon, SaddleError, train as trainSoon } from '../../src/promise.ts'
import { generate } from '../../src/run/generate.ts'
import { train } from '../../src/run/train.ts'
import { smallRing } from './ring.ts'

const game = { ...smallRing, steps: 3 }

const right = <A>(result: E.Either<TrainError, A>): A => {
  if (E.isLeft(result)) throw new Error(showError(result.left))
  return result.right
}
const message = (result: E.Either<TrainError, unknown>): string =>
  E.isLeft(result) ? showError(result.left) : 'no error'

describe.each(['reference', 'onnx'])('generate on %s', (backend) => {
  test('makes the same samples from a trained game and from its state, and more begin with the same', async () => {
    const trained = right(await train(game, { backend, threads: 1 })())
    const direct = right(await generate(trained, { count: 70 })())
    expect(direct).toMatchObject({ shape: [2], count: 70 })
    expect(direct.values).toHaveLength(140)
    expect(direct.values.every(Number.isFinite)).toBe(true)
    const saved = right(await generate({ game, state: trained.state }, { backend, threads: 1, count: 140 })())
    expect([...saved.values.subarray(0, 140)]).toEqual([...direct.values])
    const other = right(await generate(trained, { count: 70, seed: 2 })())
    expect([...other.values]).not.toEqual([...direct.values])
  })
})

test('generate refuses a state of another game, a wrong count and an unknown input with a message', async () => {
  const trained = right(await train(game, { backend: 'reference' })())
  const { 'G/1.dense/bias': _, ...rest } = trained.state
  expect(message(await generate({ game, state: rest }, { backend: 'reference' })())).toContain(
    'it lacks the tensor G/1.dense/bias [16]',
  )
  expect(message(await generate(trained, { count: 0 })())).toContain('expected a whole number above 0, found 0')
  expect(message(await generate(trained, { count: 2 ** 30 })())).toContain('expected at most')
  expect(message(await generate(trained, { inputs: { label: [1] } })())).toContain('label')
})

describe('a wrong state to go on from is an error, not an exception', () => {
  const from = async (change: (state: { [name: string]: { shape: number[]; values: Float32Array } }) => void) => {
    const { state } = right(await train(game, { backend: 'reference' })())
    const copy = Object.fromEntries(
      Object.entries(state).map(([name, { shape, values }]) => [
        name,
        { shape: [...shape], values: Float32Array.from(values) },
      ]),
    )
    change(copy)
    return message(
      await train({ ...game, steps: 9 }, { backend: 'reference', from: { step: 3, path: 'here', state: copy } })(),
    )
  }

  test.each([
    [
      'a tensor is missing',
      (s: Record<string, unknown>) => delete s['D/1.dense/kernel'],
      'it lacks the tensor D/1.dense/kernel [2, 16]',
    ],
    [
      'a tensor is unknown',
      (s: Record<string, unknown>) => (s['Q/x'] = { shape: [], values: Float32Array.of(1) }),
      'it has a tensor Q/x',
    ],
    [
      'a shape is wrong',
      (s: Record<string, unknown>) => (s['D/1.dense/kernel'] = { shape: [16, 2], values: new Float32Array(32) }),
      'expected [2, 16] for D/1.dense/kernel, found [16, 2]',
    ],
    [
      'values are missing',
      (s: Record<string, unknown>) => (s['D/1.dense/kernel'] = { shape: [2, 16], values: new Float32Array(31) }),
      'expected 32 values for D/1.dense/kernel, found 31',
    ],
  ])('%s', async (_, change, words) => {
    expect(await from(change)).toContain(words)
  })

  test('and so is a step that the game does not have', async () => {
    const { state } = right(await train(game, { backend: 'reference' })())
    for (const step of [-1, 0.5, 4, Number.NaN])
      expect(message(await train(game, { backend: 'reference', from: { step, path: 'here', state } })())).toMatch(
        /^here: (expected a whole number of steps|the run is at step 4)/,
      )
  })

  test('and so is a warm start whose tensors have too few values', async () => {
    const { state } = right(await train(game, { backend: 'reference' })())
    const short = { ...state, 'G/1.dense/bias': { shape: [16], values: new Float32Array(3) } }
    expect(
      message(await train(game, { backend: 'reference', warmStart: { name: 'other', state: short } })()),
    ).toContain('expected 16 values for G/1.dense/bias, found 3')
  })
})

test('promises resolve with what the tasks return, and reject with the message and the typed error', async () => {
  const trained = await trainSoon(game, { backend: 'reference' })
  expect((await generateSoon(trained, { count: 2 })).count).toBe(2)
  const failed = trainSoon(game, { backend: 'nosuch' })
  await expect(failed).rejects.toThrow(SaddleError)
  await expect(failed).rejects.toMatchObject({ error: { type: 'BackendError' } })
})

test('a run that stops anywhere and goes on from its state ends as the run that does not stop', async () => {
  const whole = right(await train({ ...game, steps: 6 }, { backend: 'reference' })())
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 6 }), async (step) => {
      const part = right(await train({ ...game, steps: step }, { backend: 'reference' })())
      const from = { step, path: 'memory', state: part.state }
      const rest = right(await train({ ...game, steps: 6 }, { backend: 'reference', from })())
      expect(rest.state).toEqual(whole.state)
    }),
    { numRuns: 4 },
  )
})
