import { checkOptions } from '../codecs/argument.ts'
import { type Coefficient, times } from '../dsl/objectives/coefficient.ts'
import { namedWith, pieceOf } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { D, type ShapedPenalty, x } from '../dsl/objectives/symbols.ts'
import { type View, viewed } from '../dsl/objectives/view.ts'
import { square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'

/**
 * weight E[(D(x) - D(T(x)))^2]: D should score a real sample and its view T alike. Zhang et al. 2020, section 3.
 *
 * @example
 * gan({ ...parts, penalties: [penalties.consistency({ weight: 10, view: views.instanceNoise({ std: 0.1 }) })] })
 */
export const consistency = (options: { readonly weight: Coefficient; readonly view: View }): ShapedPenalty => {
  checkOptions<typeof options>('penalties.consistency', options, { weight: 'required', view: 'required' })
  const { weight, view } = options
  checkOperands('penalties.consistency', { weight })
  const made = shaped('penalties.consistency', ({ sample: shape }) =>
    times(
      ranged('weight', weight),
      E(square(sub(D(x), D(viewed([view], x, { shape, draw: 'real' }, 'penalties.consistency'))))),
    ),
  )
  return namedWith('consistency', { weight, view: pieceOf(view) }, made)
}
