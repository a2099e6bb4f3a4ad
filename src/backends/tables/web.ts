import type { BackendTable } from '../catalogue.ts'

export const backends: BackendTable<'browser'> = {
  reference: () => import('../reference/index.ts'),
}
