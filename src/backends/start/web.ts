import type { BackendTable, Place } from './catalogue.ts'

export const place: Place = 'browser'

export const backends: BackendTable<'browser'> = {
  'onnx-web': () => import('../onnx/web.ts'),
  'onnx-wasm': () => import('../onnx/wasm/web.ts'),
  'tfjs-webgpu': () => import('../tfjs/webgpu/web.ts'),
}
