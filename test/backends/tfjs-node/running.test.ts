import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { Backend } from '../../../src/backends/core/backend.ts'
import { start } from '../../../src/backends/tfjs/node/gpu.ts'
import { type Case, joinedDraws } from '../../conformance/case.ts'
import { optimizerConformance } from '../../conformance/games.ts'
import { succeed } from '../onnx/agreement.ts'
import { isInstalled, notRun } from './installed.ts'

/** How many tensors TensorFlow holds. */
const held = (): number => {
  const backend = tf.findBackend('tensorflow')
  if ('getNumOfTFTensors' in backend && typeof backend.getNumOfTFTensors === 'function')
    return Number(backend.getNumOfTFTensors())
  throw new Error('tfjs does not run on libtensorflow')
}

const tests = (backend: Backend, one: Case): void => {
  test('it says what it runs on', () => {
    const { name, device, accelerator, version } = backend.info
    expect({ name, version }).toEqual({ name: 'tfjs-node-gpu', version: '2.20.0' })
    expect([device, accelerator]).toEqual(
      accelerator === 'gpu' ? ['GPU, CUDA', 'gpu'] : [expect.stringMatching(/^CPU, 1 thread \(no GPU/), 'none'],
    )
  })

  test('started again in the same process, it goes on with the same libtensorflow', async () => {
    expect((await succeed(start({ threads: 2 }))).info).toEqual(backend.info)
  })

  describe('over a thousand steps', () => {
    test('TensorFlow holds as many tensors as at the start, memory is flat, and in the end none is left', async () => {
      const none = held()
      const store = await succeed(backend.store(one.state))
      const executable = await succeed(store.compile(one.program))
      const chunk = { count: one.steps.length, draws: joinedDraws(one) }
      const rounds = async (from: number, to: number): Promise<readonly number[]> => {
        const seen: number[] = []
        for (let first = from; first < to; first += chunk.count) {
          await succeed(executable.run({ ...chunk, first }))
          seen.push(held())
        }
        return seen
      }
      await rounds(0, 300)
      const before = { held: held(), memory: process.memoryUsage.rss() }
      const seen = await rounds(300, 1300)
      expect(new Set(seen)).toEqual(new Set([before.held]))
      expect(process.memoryUsage.rss() - before.memory).toBeLessThan(50e6)
      executable.dispose()
      store.dispose()
      expect(held()).toBe(none)
    })
  })
}

const [one] = optimizerConformance
if (!isInstalled) test.skip(notRun)
else if (one !== undefined) tests(await succeed(start({ threads: 1 })), one)
