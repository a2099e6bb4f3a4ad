import type { StartBackend } from '../backend.ts'
import { startWasm } from './web/wasm.ts'
import { startWebgpu } from './web/webgpu.ts'

/** onnxruntime in a browser: on WebGPU where there is an adapter, else in WebAssembly. */
export const start: StartBackend = (options) => async () => {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter()
  const begin = adapter ? startWebgpu(adapter, options) : startWasm(options)
  return begin()
}
