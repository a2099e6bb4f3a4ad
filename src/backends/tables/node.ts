import type { BackendTable } from '../catalogue.ts'

export const backends: BackendTable<'node'> = {
  onnx: () => import('../onnx/index.ts'),
  'onnx-cuda': () => import('../onnx/cuda.ts'),
  'onnx-webgpu': () => import('../onnx/webgpu.ts'),
  reference: () => import('../reference/index.ts'),
}
