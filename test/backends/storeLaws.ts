import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import type { Backend, Store } from '../../src/backends/core/backend.ts'
import { createBuilder } from '../../src/ir/builder.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import { succeed } from './onnx/agreement.ts'

const doubling = () => {
  const p = createBuilder()
  const x = p.state('x', [2])
  return p.program({ writes: { x: p.add(x, x) }, metrics: {} })
}
const once = { first: 0, count: 1, draws: {} }

const initial: HostTensors = {
  x: { shape: [2], values: Float32Array.of(1, 2) },
  untouched: { shape: [], values: Float32Array.of(7) },
}
const holding = (...x: readonly number[]) => ({ ...initial, x: { shape: [2], values: Float32Array.from(x) } })

/** The state in float32, in which the reference's float64 is compared too. */
const stateOf = async (store: Store): Promise<HostTensors> =>
  Object.fromEntries(
    Object.entries(await succeed(store.read())).map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  )

/** What a store should hold: its state now, and what an undo puts back. */
interface Model {
  readonly now: number
  readonly before: number
}

/** What a store does on every backend. */
export const keepsState = (backend: Backend): void => {
  const make = () => succeed(backend.store(initial))

  test('a run changes what the program writes and nothing else', async () => {
    const store = await make()
    const executable = await succeed(store.compile(doubling()))
    await succeed(executable.run({ ...once, count: 3 }))
    expect(await stateOf(store)).toEqual(holding(8, 16))
  })

  test('two programs share the state', async () => {
    const store = await make()
    const first = await succeed(store.compile(doubling()))
    const second = await succeed(store.compile(doubling()))
    await succeed(first.run(once))
    await succeed(second.run(once))
    expect(await stateOf(store)).toEqual(holding(4, 8))
  })

  describe('undo', () => {
    test('takes back the last run', async () => {
      const store = await make()
      const executable = await succeed(store.compile(doubling()))
      await succeed(executable.run(once))
      await succeed(executable.run(once))
      store.undo()
      expect(await stateOf(store)).toEqual(holding(2, 4))
    })

    test('takes back a write, and an undo', async () => {
      const store = await make()
      await succeed(store.write({ x: { shape: [2], values: Float32Array.of(5, 6) } }))
      store.undo()
      expect(await stateOf(store)).toEqual(initial)
      store.undo()
      expect(await stateOf(store)).toEqual(holding(5, 6))
    })

    test('does nothing where nothing happened', async () => {
      const store = await make()
      store.undo()
      expect(await stateOf(store)).toEqual(initial)
    })
  })

  test('a fork and its origin do not see each other', async () => {
    const store = await make()
    const executable = await succeed(store.compile(doubling()))
    await succeed(executable.run(once))
    const fork = store.fork()
    await succeed((await succeed(fork.compile(doubling()))).run(once))
    expect(await stateOf(store)).toEqual(holding(2, 4))
    await succeed(executable.run({ ...once, count: 3 }))
    expect(await stateOf(fork)).toEqual(holding(4, 8))
    fork.dispose()
    expect(await stateOf(store)).toEqual(holding(16, 32))
  })

  describe('arrays of the host stay apart from the state', () => {
    test('what was given', async () => {
      const values = Float32Array.of(1, 2)
      const store = await succeed(backend.store({ ...initial, x: { shape: [2], values } }))
      values.fill(9)
      expect(await stateOf(store)).toEqual(initial)
      const written = Float32Array.of(3, 4)
      await succeed(store.write({ x: { shape: [2], values: written } }))
      written.fill(9)
      expect(await stateOf(store)).toEqual(holding(3, 4))
    })

    test.each([1, 3])('what was drawn, in %i steps', async (count) => {
      const p = createBuilder()
      const z = p.draw('z', { shape: [2], origin: { type: 'given' } })
      const store = await make()
      const executable = await succeed(store.compile(p.program({ writes: { x: z }, metrics: { z } })))
      const drawn = Float32Array.from({ length: 2 * count }, (_, i) => i)
      const { z: seen } = await succeed(executable.run({ first: 0, count, draws: { z: drawn } }))
      drawn.fill(9)
      expect([...(seen ?? [])]).toEqual(Array.from({ length: 2 * count }, (_, i) => i))
      expect(await stateOf(store)).toEqual(holding(2 * count - 2, 2 * count - 1))
    })

    test('what was read', async () => {
      const store = await make()
      const before = await succeed(store.read())
      before.x?.values.fill(9)
      expect(await stateOf(store)).toEqual(initial)
    })
  })

  describe('what no caller should do is an error, in the same words on every backend', () => {
    const hint = 'This is a fault of saddlepoint: please report it.'
    const refusal = (message: string) => ({
      left: { type: 'BackendError', backend: backend.info.name, message, hint },
    })

    test('a tensor of another length than its shape', async () => {
      const short = { x: { shape: [2, 3], values: new Float32Array(5) } }
      const message = "tensor 'x': expected 6 values of shape [2, 3], found 5"
      expect(await backend.store(short)()).toMatchObject(refusal(message))
      const store = await succeed(backend.store({ x: { shape: [2, 3], values: new Float32Array(6) } }))
      expect(await store.write(short)()).toMatchObject(refusal(message))
    })

    test('writing an unknown tensor or another shape', async () => {
      const store = await make()
      const values = Float32Array.of(1)
      const unknown = "tensor 'y': expected one of the store's tensors, found no such tensor there"
      expect(await store.write({ y: { shape: [1], values } })()).toMatchObject(refusal(unknown))
      const shape = "tensor 'x': expected shape [2], found [1]"
      expect(await store.write({ x: { shape: [1], values } })()).toMatchObject(refusal(shape))
      expect(await stateOf(store)).toEqual(initial)
    })

    test('a draw that is missing, or of another length', async () => {
      const p = createBuilder()
      const metrics = { z: p.draw('z', { shape: [3], origin: { type: 'given' } }) }
      const executable = await succeed((await make()).compile(p.program({ writes: {}, metrics })))
      const missing = "draw 'z': expected 3 values, 1 times shape [3], found none"
      expect(await executable.run(once)()).toMatchObject(refusal(missing))
      const short = "draw 'z': expected 6 values, 2 times shape [3], found 3"
      const run = executable.run({ ...once, count: 2, draws: { z: new Float32Array(3) } })
      expect(await run()).toMatchObject(refusal(short))
    })

    test('a store that is used after it was disposed of', async () => {
      const store = await make()
      const executable = await succeed(store.compile(doubling()))
      store.dispose()
      const refused = refusal('the store is used after it was disposed of')
      expect(await store.read()()).toMatchObject(refused)
      expect(await store.write(initial)()).toMatchObject(refused)
      expect(await store.compile(doubling())()).toMatchObject(refused)
      expect(await executable.run(once)()).toMatchObject(refused)
      expect(() => store.undo()).toThrow('broken invariant: the store is used after it was disposed of')
      expect(() => store.fork()).toThrow('broken invariant: the store is used after it was disposed of')
      executable.dispose()
    })

    test('a program that is used after it was disposed of', async () => {
      const store = await make()
      const executable = await succeed(store.compile(doubling()))
      executable.dispose()
      expect(await executable.run(once)()).toMatchObject(refusal('the program is used after it was disposed of'))
      expect(await stateOf(store)).toEqual(initial)
      store.dispose()
    })
  })

  describe('disposing', () => {
    test('twice is as once, for stores and for programs', async () => {
      const store = await make()
      const fork = store.fork()
      const executable = await succeed(store.compile(doubling()))
      for (const gone of [executable, executable, store, store]) gone.dispose()
      expect(await stateOf(fork)).toEqual(initial)
      fork.dispose()
      fork.dispose()
    })

    test('while a run is under way takes nothing from the fork that shares its state', async () => {
      const store = await make()
      const fork = store.fork()
      const executable = await succeed(store.compile(doubling()))
      const running = executable.run({ ...once, count: 3 })()
      store.dispose()
      const result = await running
      expect(E.isLeft(result) && result.left.message).toBe('the store is used after it was disposed of')
      executable.dispose()
      expect(await stateOf(fork)).toEqual(initial)
      fork.dispose()
    })
  })

  test('an undo after a fork puts back what was before, on either side alone', async () => {
    const store = await make()
    const executable = await succeed(store.compile(doubling()))
    await succeed(executable.run(once))
    const fork = store.fork()
    store.undo()
    expect(await stateOf(store)).toEqual(initial)
    expect(await stateOf(fork)).toEqual(holding(2, 4))
    // A fork begins with what it took over: nothing is before that.
    fork.undo()
    expect(await stateOf(fork)).toEqual(holding(2, 4))
    store.dispose()
    expect(await stateOf(fork)).toEqual(holding(2, 4))
    fork.dispose()
  })

  test('memory that is used again never shows: runs, undos and forks in any order', async () => {
    const store = await make()
    const steps = fc.array(fc.constantFrom('run', 'run twice', 'undo', 'fork', 'drop the fork'), { maxLength: 24 })
    const doubled = ({ now }: Model): Model => ({ now: now * 2, before: now })
    await fc.assert(
      fc.asyncProperty(steps, async (actions) => {
        const origin = store.fork()
        const stores = [
          { store: origin, executable: await succeed(origin.compile(doubling())), is: { now: 1, before: 1 } },
        ]
        for (const action of actions) {
          const last = stores.at(-1)
          if (last === undefined) break
          if (action === 'run') {
            await succeed(last.executable.run(once))
            last.is = doubled(last.is)
          } else if (action === 'run twice') {
            await succeed(last.executable.run({ ...once, count: 2 }))
            last.is = { now: last.is.now * 4, before: last.is.now }
          } else if (action === 'undo') {
            last.store.undo()
            last.is = { now: last.is.before, before: last.is.now }
          } else if (action === 'fork') {
            const fork = last.store.fork()
            const is = { now: last.is.now, before: last.is.now }
            stores.push({ store: fork, executable: await succeed(fork.compile(doubling())), is })
          } else if (stores.length > 1) {
            stores.pop()
            last.executable.dispose()
            last.store.dispose()
          }
        }
        for (const { store: one, is } of stores)
          expect(await stateOf(one)).toEqual(holding(Math.fround(is.now), Math.fround(is.now * 2)))
        for (const { store: one, executable } of stores) {
          executable.dispose()
          one.dispose()
        }
      }),
      { numRuns: 60 },
    )
  })
}
