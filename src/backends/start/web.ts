import type { BackendTable } from './catalogue.ts'

export const backends: BackendTable<'browser'> = {
  'onnx-web': () => import('../onnx/web.ts'),
  'onnx-wasm': () => import('../onnx/wasm/web.ts'),
  'tfjs-webgpu': () => import('../tfjs/webgpu/web.ts'),
  'tfjs-wasm': () => import('../tfjs/wasm.ts'),
  'tfjs-cpu': () => import('../tfjs/cpu.ts'),
  reference: () => import('../reference/index.ts'),
}
