import type { BackendTable, Place } from './catalogue.ts'

export const place: Place = 'node'

export const backends: BackendTable<'node'> = {
  onnx: () => import('../onnx/index.ts'),
  'onnx-cuda': () => import('../onnx/cuda.ts'),
  'onnx-webgpu': () => import('../onnx/webgpu.ts'),
  'onnx-wasm': () => import('../onnx/wasm/node.ts'),
  'tfjs-node-gpu': () => import('../tfjs/node/gpu.ts'),
  'tfjs-node': () => import('../tfjs/node/cpu.ts'),
  'tfjs-webgpu': () => import('../tfjs/webgpu/node.ts'),
}
