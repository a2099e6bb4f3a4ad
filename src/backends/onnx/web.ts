import type { StartBackend } from '../core/backend.ts'
import { startWasmInPage } from './web/wasmInPage.ts'
import { startWebgpu } from './web/webgpu.ts'

/** onnxruntime in a browser: on WebGPU if there is an adapter, else in WebAssembly. */
export const start: StartBackend = (options) => async () => {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter()
  const begin = adapter ? startWebgpu(adapter, options) : startWasmInPage('onnx-web', options)
  return begin()
}
