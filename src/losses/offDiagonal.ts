import { checkOneOf, checkOptions } from '../codecs/argument.ts'
import { times } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands } from '../dsl/terms/expression.ts'
import { kernels } from '../dsl/terms/kernels.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { sum } from '../dsl/terms/statistics.ts'
import { lengths, type Of, products } from './kernelProducts.ts'

/**
 * weight |W'W o (1 - I)|^2: penalises the angles between a layer's units, but not their norms. Brock et al. 2019, equation 3.
 *
 * @example gan({ ...parts, penalties: [penalties.offDiagonal({ weight: 1e-4, of: 'G' })] })
 */
export const offDiagonal = (options: Of): Penalty => {
  checkOptions<Of>('penalties.offDiagonal', options, { weight: 'required', of: 'optional' })
  const { weight, of = 'D' } = options
  checkOperands('penalties.offDiagonal', { weight })
  checkOneOf('penalties.offDiagonal', 'of', of, ['D', 'G'])
  const cost = kernels({ named: of }, (w) => sub(sum(square(products(w))), sum(square(lengths(w)))))
  return named('offDiagonal', { weight, of }, times(ranged('weight', weight), cost))
}
