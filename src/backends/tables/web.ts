import type { BackendTable } from '../catalogue.ts'

export const backends: BackendTable<'browser'> = {
  'onnx-web': () => import('../onnx/web.ts'),
  reference: () => import('../reference/index.ts'),
}
