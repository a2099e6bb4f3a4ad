import { checkOneOf, checkOptions } from '../codecs/argument.ts'
import { times } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import type { Penalty } from '../dsl/objectives/symbols.ts'
import { abs, add, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands } from '../dsl/terms/expression.ts'
import { kernels } from '../dsl/terms/kernels.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { sum } from '../dsl/terms/statistics.ts'
import { lengths, type Of, products } from './kernelProducts.ts'

/**
 * weight sum |W'W - I|, over the weight matrix W of each layer, with one column per unit. Brock et al. 2017, section 3.2.
 *
 * @example gan({ ...parts, penalties: [penalties.orthogonal({ weight: 1e-4, of: 'G' })] })
 */
export const orthogonal = (options: Of): Penalty => {
  checkOptions<Of>('penalties.orthogonal', options, { weight: 'required', of: 'optional' })
  const { weight, of = 'D' } = options
  checkOperands('penalties.orthogonal', { weight })
  checkOneOf('penalties.orthogonal', 'of', of, ['D', 'G'])
  const cost = kernels({ named: of }, (w) =>
    add(sub(sum(abs(products(w))), sum(lengths(w))), sum(abs(sub(lengths(w), 1)))),
  )
  return named('orthogonal', { weight, of }, times(ranged('weight', weight), cost))
}
