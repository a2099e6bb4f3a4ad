import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('onnxruntime-web/wasm')
  vi.resetModules()
})

test('says how to get onnxruntime-web where it is missing', async () => {
  vi.doMock('onnxruntime-web/wasm', () => {
    throw new Error("Cannot find package 'onnxruntime-web'")
  })
  const { start } = await import('../../../src/backends/onnx/web.ts')
  expect(await start({})()).toMatchObject({
    _tag: 'Left',
    left: { type: 'BackendError', backend: 'onnx-web', hint: 'npm install onnxruntime-web' },
  })
})
