import { checkOptions } from '../codecs/argument.ts'
import { type Coefficient, times } from '../dsl/objectives/coefficient.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { D, G, type ShapedPenalty, x, z } from '../dsl/objectives/symbols.ts'
import { type View, viewed } from '../dsl/objectives/view.ts'
import { add, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'

/** weight E[(D(x) - D(T(x)))^2]: D judges a real sample as it judges a view T of it. Zhang et al. 2020, section 3. */
export const consistency = (options: { readonly weight: Coefficient; readonly view: View }): ShapedPenalty => {
  checkOptions<typeof options>('penalties.consistency', options, { weight: 'required', view: 'required' })
  const { weight, view } = options
  checkOperands('penalties.consistency', { weight })
  return shaped('penalties.consistency', ({ sample: shape }) =>
    times(
      ranged('weight', weight),
      E(square(sub(D(x), D(viewed([view], x, { shape, draw: 'real' }, 'penalties.consistency'))))),
    ),
  )
}

/**
 * Consistency on data and on samples, so that D can't tell views from what G makes: real E[(D(x) - D(T(x)))^2] +
 * fake E[(D(G(z)) - D(T(G(z))))^2]. Zhao et al. 2021, algorithm 1 (bCR); their weights are both 10.
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
  return shaped(called, ({ sample: shape }) =>
    add(
      times(ranged('weight', real), E(square(sub(D(x), D(viewed([view], x, { shape, draw: 'real' }, called)))))),
      times(ranged('weight', fake), E(square(sub(D(G(z)), D(viewed([view], G(z), { shape, draw: 'fake' }, called)))))),
    ),
  )
}
