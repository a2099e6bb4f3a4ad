import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Backend } from '../../src/backends/core/backend.ts'
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
    expect(await succeed(store.read())).toEqual(holding(8, 16))
  })

  test('two programs share the state', async () => {
    const store = await make()
    const first = await succeed(store.compile(doubling()))
    const second = await succeed(store.compile(doubling()))
    await succeed(first.run(once))
    await succeed(second.run(once))
    expect(await succeed(store.read())).toEqual(holding(4, 8))
  })

  describe('undo', () => {
    test('takes back the last run', async () => {
      const store = await make()
      const executable = await succeed(store.compile(doubling()))
      await succeed(executable.run(once))
      await succeed(executable.run(once))
      store.undo()
      expect(await succeed(store.read())).toEqual(holding(2, 4))
    })

    test('takes back a write, and an undo', async () => {
      const store = await make()
      await succeed(store.write({ x: { shape: [2], values: Float32Array.of(5, 6) } }))
      store.undo()
      expect(await succeed(store.read())).toEqual(initial)
      store.undo()
      expect(await succeed(store.read())).toEqual(holding(5, 6))
    })

    test('does nothing where nothing happened', async () => {
      const store = await make()
      store.undo()
      expect(await succeed(store.read())).toEqual(initial)
    })
  })

  test('a fork and its origin do not see each other', async () => {
    const store = await make()
    const executable = await succeed(store.compile(doubling()))
    await succeed(executable.run(once))
    const fork = store.fork()
    await succeed((await succeed(fork.compile(doubling()))).run(once))
    expect(await succeed(store.read())).toEqual(holding(2, 4))
    await succeed(executable.run({ ...once, count: 3 }))
    expect(await succeed(fork.read())).toEqual(holding(4, 8))
    fork.dispose()
    expect(await succeed(store.read())).toEqual(holding(16, 32))
  })

  describe('arrays of the host stay apart from the state', () => {
    test('what was given', async () => {
      const values = Float32Array.of(1, 2)
      const store = await succeed(backend.store({ ...initial, x: { shape: [2], values } }))
      values.fill(9)
      expect(await succeed(store.read())).toEqual(initial)
      const written = Float32Array.of(3, 4)
      await succeed(store.write({ x: { shape: [2], values: written } }))
      written.fill(9)
      expect(await succeed(store.read())).toEqual(holding(3, 4))
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
      expect(await succeed(store.read())).toEqual(holding(2 * count - 2, 2 * count - 1))
    })

    test('what was read', async () => {
      const store = await make()
      const before = await succeed(store.read())
      before.x?.values.fill(9)
      expect(await succeed(store.read())).toEqual(initial)
    })
  })

  describe('what no caller should do throws', () => {
    test('writing an unknown tensor or another shape', async () => {
      const store = await make()
      const values = Float32Array.of(1)
      await expect(store.write({ y: { shape: [1], values } })()).rejects.toThrow("no tensor 'y'")
      await expect(store.write({ x: { shape: [1], values } })()).rejects.toThrow("'x' has shape [2], not [1]")
      expect(await succeed(store.read())).toEqual(initial)
    })

    test('a draw that is missing', async () => {
      const p = createBuilder()
      const metrics = { z: p.draw('z', { shape: [3], origin: { type: 'given' } }) }
      const executable = await succeed((await make()).compile(p.program({ writes: {}, metrics })))
      await expect(executable.run(once)()).rejects.toThrow("draw 'z' has undefined values, not 3")
      const run = executable.run({ ...once, count: 2, draws: { z: new Float32Array(3) } })
      await expect(run()).rejects.toThrow("draw 'z' has 3 values, not 6")
    })
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
          expect(await succeed(one.read())).toEqual(holding(Math.fround(is.now), Math.fround(is.now * 2)))
        for (const { store: one, executable } of stores) {
          executable.dispose()
          one.dispose()
        }
      }),
      { numRuns: 60 },
    )
  })
}
