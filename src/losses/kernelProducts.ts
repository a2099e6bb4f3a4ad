import type { Coefficient } from '../dsl/objectives/coefficient.ts'
import { square } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { sum } from '../dsl/terms/statistics.ts'
import { matmul } from '../dsl/terms/tensor.ts'

export interface Of {
  readonly weight: Coefficient
  /** Whose weights. */
  readonly of?: 'D' | 'G'
}
type Kernel = Expr<'batch', number[], never>

/** W'W: the products of the weights of each two units, and on its diagonal their squared lengths. */
export const products = (w: Kernel) => matmul(w, w, { transposeLeft: true })
export const lengths = (w: Kernel) => sum(square(w), [0])
