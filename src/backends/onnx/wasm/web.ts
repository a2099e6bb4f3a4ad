import type { StartBackend } from '../../core/backend.ts'
import { startWasmInPage } from '../web/wasmInPage.ts'

/** onnxruntime in WebAssembly in a browser, whether or not it has WebGPU. */
export const start: StartBackend = (options) => startWasmInPage('onnx-wasm', options)
