import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import { square } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { sum } from '../dsl/terms/statistics.ts'
import { matmul } from '../dsl/terms/tensor.ts'

export interface Of {
  readonly weight: Coefficient
  /** The network whose weights are penalised. */
  readonly of?: 'D' | 'G'
}
type Kernel = Expr<'batch', number[], never>

/** W'W: the inner products of the units' weights. Its diagonal holds their squared norms. */
export const products = (w: Kernel) => matmul(w, w, { transposeLeft: true })
export const lengths = (w: Kernel) => sum(square(w), [0])
