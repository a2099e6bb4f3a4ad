import { afterEach, expect, test, vi } from 'vitest'
import * as E from '#fp-ts/Either'

afterEach(() => {
  vi.doUnmock('onnxruntime-node')
  vi.resetModules()
  vi.unstubAllEnvs()
})

test('says what it runs on', async () => {
  const { start } = await import('../../../src/backends/onnx/index.ts')
  const started = await start({ threads: 2 })()
  expect(E.isRight(started) && started.right.info).toEqual({
    name: 'onnx',
    device: 'CPU, 2 threads',
    accelerator: 'none',
    version: expect.stringMatching(/^1\.\d+/),
  })
})

test.each([
  [undefined, '1'],
  ['0', '0'],
])('onnxruntime reports to nobody, unless it is told to (%s)', async (before, after) => {
  vi.stubEnv('ORT_DISABLE_TELEMETRY', before)
  const { start } = await import('../../../src/backends/onnx/index.ts')
  await start({})()
  expect(process.env.ORT_DISABLE_TELEMETRY).toBe(after)
})

test('says how to get onnxruntime where it is missing', async () => {
  vi.doMock('onnxruntime-node', () => {
    throw new Error("Cannot find package 'onnxruntime-node'")
  })
  const { start } = await import('../../../src/backends/onnx/index.ts')
  const started = await start({})()
  expect(started).toMatchObject({
    _tag: 'Left',
    left: { type: 'BackendError', backend: 'onnx', hint: 'npm install --ignore-scripts onnxruntime-node' },
  })
})
