import type { BackendTable } from '../catalogue.ts'

export const backends: BackendTable<'node'> = {
  onnx: () => import('../onnx/index.ts'),
  reference: () => import('../reference/index.ts'),
}
