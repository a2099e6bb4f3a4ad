import { checkOneOf, checkOptions } from '../codecs/argument.ts'
import { type Coefficient, times } from '../dsl/objectives/coefficient.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { abs, add, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr } from '../dsl/terms/expression.ts'
import { kernels } from '../dsl/terms/kernels.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { sum } from '../dsl/terms/statistics.ts'
import { matmul } from '../dsl/terms/tensor.ts'

interface Of {
  readonly weight: Coefficient
  /** Whose weights. */
  readonly of?: 'D' | 'G'
}
type Kernel = Expr<'batch', number[], never>

/** W'W: the products of the weights of each two units, and on its diagonal their squared lengths. */
const products = (w: Kernel) => matmul(w, w, { transposeLeft: true })
const lengths = (w: Kernel) => sum(square(w), [0])

/** weight sum |W'W - I|, over the weights of each layer, a column for each unit. Brock et al. 2017, section 3.2. */
export const orthogonal = (options: Of): Penalty => {
  checkOptions<Of>('penalties.orthogonal', options, { weight: 'required', of: 'optional' })
  const { weight, of = 'D' } = options
  checkOperands('penalties.orthogonal', { weight })
  checkOneOf('penalties.orthogonal', 'of', of, ['D', 'G'])
  return times(
    ranged('weight', weight),
    kernels({ named: of }, (w) => add(sub(sum(abs(products(w))), sum(lengths(w))), sum(abs(sub(lengths(w), 1))))),
  )
}

/** weight |W'W o (1 - I)|^2: the lengths of a layer's units are free, the angles between them are not. Brock et al. 2019, equation 3. */
export const offDiagonal = (options: Of): Penalty => {
  checkOptions<Of>('penalties.offDiagonal', options, { weight: 'required', of: 'optional' })
  const { weight, of = 'D' } = options
  checkOperands('penalties.offDiagonal', { weight })
  checkOneOf('penalties.offDiagonal', 'of', of, ['D', 'G'])
  return times(
    ranged('weight', weight),
    kernels({ named: of }, (w) => sub(sum(square(products(w))), sum(square(lengths(w))))),
  )
}
