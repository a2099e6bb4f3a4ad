import * as onnx from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { hostRuntime } from '../../../src/backends/onnx/node.ts'
import type { Runtime } from '../../../src/backends/onnx/runtime.ts'
import { storesOn } from '../../../src/backends/onnx/store.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { succeed } from './agreement.ts'

/** The CPU as if it were a device whose memory is to be freed: it counts what is there, and that nothing is freed twice. */
const counting = () => {
  const live = new Set<onnx.Tensor>()
  const host = hostRuntime(onnx, 'onnx-webgpu', { executionProviders: ['cpu'], intraOpNumThreads: 1 })
  const watched = (tensor: onnx.Tensor): onnx.Tensor => {
    live.add(tensor)
    const dispose = tensor.dispose.bind(tensor)
    tensor.dispose = () => {
      expect(live.delete(tensor)).toBe(true)
      dispose()
    }
    return tensor
  }
  const runtime: Runtime = {
    ...host,
    keeps: 'on the device',
    processor: 'gpu',
    open: async (model) => {
      const session = await onnx.InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 4 })
      return {
        run: async (inputs) => {
          const outputs = await session.run(inputs)
          for (const tensor of Object.values(outputs)) watched(tensor)
          return outputs
        },
        release: () => session.release(),
      }
    },
    floats: (shape, values) => watched(host.floats(shape, values)),
    free: (tensor) => tensor.dispose(),
  }
  return { live, runtime }
}

/** Two tensors of state, one of which only is read, and a metric. */
const game = () => {
  const p = createBuilder()
  const next = p.add(p.state('x', [2]), p.state('rate', []))
  return p.program({ writes: { x: next }, metrics: { sum: p.sum(next) } })
}

const initial = {
  x: { shape: [2], values: Float32Array.of(0, 0) },
  rate: { shape: [], values: Float32Array.of(1) },
}

test('over a thousand steps, with undo, forks and writes, every tensor is freed once', async () => {
  const { live, runtime } = counting()
  const store = await succeed(storesOn(runtime)(initial))
  const executable = await succeed(store.compile(game()))
  for (let chunk = 0; chunk < 100; chunk++) {
    await succeed(executable.run({ first: 10 * chunk, count: 10, draws: {} }))
    // What is there now, and what was there before.
    expect(live.size).toBeLessThanOrEqual(3)
    if (chunk % 10 !== 0) continue
    const fork = store.fork()
    store.undo()
    await succeed(fork.write({ x: initial.x }))
    fork.dispose()
    store.undo()
  }
  expect((await succeed(store.read())).x?.values).toEqual(Float32Array.of(1000, 1000))
  executable.dispose()
  store.dispose()
  expect([...live]).toEqual([])
})
