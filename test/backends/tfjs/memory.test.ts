import { engine, memory } from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import type { Executable, Feeds, Store } from '../../../src/backends/core/backend.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import type { HostTensors } from '../../../src/ir/hostTensor.ts'
import type { Program } from '../../../src/ir/program.ts'
import { withoutDeadCode } from '../../../src/ir/simplify.ts'
import { isWhole } from '../../conformance/chosen.ts'
import { numbers, succeed } from '../onnx/agreement.ts'
import { startRows } from './rows.ts'

const window = {
  strides: [2, 2],
  padding: [
    [1, 1],
    [1, 1],
  ],
} as const

/** A step of a critic that looks at images: something of every kind of kernel, a state that stays and results that repeat. */
const critic = (): Program => {
  const p = createBuilder()
  const x = p.draw('x', { shape: [2, 4, 4, 2], origin: { type: 'given' } })
  const filter = p.state('filter', [4, 4, 2, 3])
  const bias = p.state('bias', [3])
  const hidden = p.relu(p.add(p.conv2d(x, filter, window), bias))
  const row = p.gather(p.reshape(hidden, [8, 3]), p.constant([2], [0, 5]))
  const loss = p.add(p.mean(p.softplus(hidden)), p.sum(p.max(row, [1])))
  const [byFilter = loss, byBias = loss] = gradient(p, loss, [filter, bias])
  return withoutDeadCode(
    p.program({
      writes: { filter: p.sub(filter, byFilter), bias: p.sub(bias, byBias), copy: bias, again: bias, seen: x },
      metrics: { loss, same: loss, scale: p.state('scale', []), step: p.step() },
    }),
  )
}

const state: HostTensors = {
  filter: { shape: [4, 4, 2, 3], values: numbers(1, 96) },
  bias: { shape: [3], values: numbers(2, 3) },
  copy: { shape: [3], values: numbers(3, 3) },
  again: { shape: [3], values: numbers(3, 3) },
  seen: { shape: [2, 4, 4, 2], values: new Float32Array(64) },
  scale: { shape: [], values: Float32Array.of(1) },
}

const feeds = (first: number, count: number): Feeds => ({ first, count, draws: { x: numbers(4, 64 * count) } })

/** Handles, and the data that they refer to, which kernels make of their own as well. */
const held = () => ({ tensors: memory().numTensors, data: engine().backend.numDataIds() })

describe.each(await startRows())('%s disposes of every tensor once', (_, backend) => {
  let before: ReturnType<typeof held>
  let store: Store
  let executable: Executable
  beforeEach(async () => {
    // Makes this row the one that tfjs counts for.
    await succeed(backend.store({}))
    before = held()
    store = await succeed(backend.store(state))
    executable = await succeed(store.compile(critic()))
  })
  const dispose = (): void => {
    executable.dispose()
    store.dispose()
  }
  afterEach(() => expect(held()).toEqual(before))

  test('over a thousand steps', async () => {
    const calls = backend.info.accelerator === 'none' || isWhole ? 40 : 4
    // A state and the one before it, both of them after several steps.
    await succeed(executable.run(feeds(0, 25)))
    await succeed(executable.run(feeds(25, 25)))
    const during = held()
    for (let call = 2; call < calls; call++) {
      await succeed(executable.run(feeds(25 * call, 25)))
      expect(held()).toEqual(during)
    }
    dispose()
  })

  test('where states are written, forked and put back', async () => {
    await succeed(executable.run(feeds(0, 1)))
    const fork = store.fork()
    await succeed(store.write({ bias: { shape: [3], values: numbers(5, 3) } }))
    await succeed(executable.run(feeds(1, 2)))
    store.undo()
    store.undo()
    const other = await succeed(fork.compile(critic()))
    await succeed(other.run(feeds(1, 1)))
    other.dispose()
    dispose()
    fork.undo()
    await succeed(fork.read())
    fork.dispose()
  })

  test('however often it is told to', () => {
    dispose()
    dispose()
  })

  test('where a step fails', async () => {
    const p = createBuilder()
    const kept = p.exp(p.state('bias', [3]))
    const metrics = { lost: p.add(kept, p.state('nowhere', [3])) }
    const broken = await succeed(store.compile(p.program({ writes: { bias: kept }, metrics })))
    expect(E.isLeft(await broken.run({ first: 0, count: 3, draws: {} })())).toBe(true)
    broken.dispose()
    dispose()
  })
})
