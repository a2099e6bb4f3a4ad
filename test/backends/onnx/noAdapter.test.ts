import { expect, test, vi } from 'vitest'
import { start } from '../../../src/backends/onnx/webgpu.ts'

test('without an adapter onnx-webgpu says what to install', async () => {
  // Vulkan's loader is told of no driver.
  vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json')
  vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json')
  const started = await start({})()
  expect(started).toMatchObject({
    _tag: 'Left',
    left: {
      type: 'BackendError',
      backend: 'onnx-webgpu',
      message: expect.stringMatching(/^starting onnxruntime's WebGPU provider: .*adapter/),
      hint: expect.stringContaining('driver'),
    },
  })
})
