import { checkOptions } from '../codecs/argument.ts'
import { type Coefficient, times } from '../dsl/objectives/coefficient.ts'
import { namedWith, pieceOf } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { D, G, type ShapedPenalty, x, z } from '../dsl/objectives/symbols.ts'
import { type View, viewed } from '../dsl/objectives/view.ts'
import { add, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'

/**
 * Consistency on real and on generated samples: real E[(D(x) - D(T(x)))^2] + fake E[(D(G(z)) - D(T(G(z))))^2]. Zhao et al. 2021,
 * algorithm 1 (bCR), with both weights 10.
 *
 * @example
 * gan({ ...parts, penalties: [penalties.balancedConsistency({ real: 10, fake: 10, view: views.instanceNoise({ std: 0.1 }) })] })
 */
export const balancedConsistency = (options: {
  readonly real: Coefficient
  readonly fake: Coefficient
  readonly view: View
}): ShapedPenalty => {
  const called = 'penalties.balancedConsistency'
  checkOptions<typeof options>(called, options, { real: 'required', fake: 'required', view: 'required' })
  const { real, fake, view } = options
  checkOperands(called, { real, fake })
  const made = shaped(called, ({ sample: shape }) =>
    add(
      times(ranged('weight', real), E(square(sub(D(x), D(viewed([view], x, { shape, draw: 'real' }, called)))))),
      times(ranged('weight', fake), E(square(sub(D(G(z)), D(viewed([view], G(z), { shape, draw: 'fake' }, called)))))),
    ),
  )
  return namedWith('balancedConsistency', { real, fake, view: pieceOf(view) }, made)
}
