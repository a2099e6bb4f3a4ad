import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { start } from '../../../src/backends/onnx/cuda.ts'

const library = join(
  dirname(fileURLToPath(import.meta.resolve('onnxruntime-node'))),
  `../bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`,
)

test('starts on a graphics card, or says which command brings the libraries', async () => {
  const started = await start({})()
  if (started._tag === 'Right') {
    expect(existsSync(library)).toBe(true)
    expect(started.right.info).toMatchObject({ name: 'onnx-cuda', accelerator: 'gpu' })
    started.right.dispose?.()
    return
  }
  expect(started.left).toMatchObject({ type: 'BackendError', backend: 'onnx-cuda' })
  expect(started.left.message).toMatch(/^starting onnxruntime's CUDA provider: /)
  expect(started.left.hint).toMatch(/&& ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node/)
})
